#include <capnp/schema.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "stafett/schema/event.capnp.h"
#include "stafett/schema/record.capnp.h"

// What was once published stays as it is: every field keeps its number, place, type and default, every
// enumerator its number. tests/golden/schema.txt holds what has been published; STAFETT_WRITE_GOLDEN=1 adds
// what is new.
namespace stafett::schema {
namespace {

const std::string path = std::string(STAFETT_SOURCE_DIR) + "/tests/golden/schema.txt";

std::string default_of(capnp::schema::Value::Reader value) {
  switch (value.which()) {
    case capnp::schema::Value::INT16:
      return std::to_string(value.getInt16());
    case capnp::schema::Value::INT32:
      return std::to_string(value.getInt32());
    case capnp::schema::Value::INT64:
      return std::to_string(value.getInt64());
    case capnp::schema::Value::UINT16:
      return std::to_string(value.getUint16());
    case capnp::schema::Value::UINT64:
      return std::to_string(value.getUint64());
    case capnp::schema::Value::FLOAT64:
      return std::to_string(value.getFloat64());
    case capnp::schema::Value::ENUM:
      return std::to_string(value.getEnum());
    default:
      return "-";
  }
}

class Listing {
 public:
  std::set<std::string> lines;

  void add(capnp::StructSchema schema) {
    if (!seen_.insert(schema.getProto().getId()).second) return;
    std::string owner = schema.getShortDisplayName().cStr();
    for (auto field : schema.getFields()) {
      auto proto = field.getProto();
      std::string line = owner + "." + proto.getName().cStr();
      if (proto.getDiscriminantValue() != capnp::schema::Field::NO_DISCRIMINANT)
        line += " number " + std::to_string(proto.getDiscriminantValue());
      if (proto.isSlot())
        line += " at " + std::to_string(proto.getSlot().getOffset()) + " default " +
                default_of(proto.getSlot().getDefaultValue());
      lines.insert(line + " " + type_name(field.getType()));
    }
  }

 private:
  std::string type_name(capnp::Type type) {
    if (type.isList()) return "List(" + type_name(type.asList().getElementType()) + ")";
    if (type.isStruct()) {
      add(type.asStruct());
      return type.asStruct().getShortDisplayName().cStr();
    }
    if (type.isEnum()) {
      auto schema = type.asEnum();
      std::string name = schema.getProto().getDisplayName().cStr();
      name = name.substr(name.rfind(':') + 1);
      for (auto e : schema.getEnumerants())
        lines.insert("enum " + name + "." + e.getProto().getName().cStr() + " " +
                     std::to_string(e.getOrdinal()));
      return name;
    }
    return "type" + std::to_string(static_cast<int>(type.which()));
  }

  std::set<std::uint64_t> seen_;
};

std::set<std::string> published() {
  std::set<std::string> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) out.insert(line);
  return out;
}

TEST_CASE("what was published in the schema has not changed", "[schema]") {
  Listing now;
  now.add(capnp::Schema::from<Record>());
  now.add(capnp::Schema::from<Personal>());
  if (std::getenv("STAFETT_WRITE_GOLDEN")) {
    auto all = published();
    all.insert(now.lines.begin(), now.lines.end());
    std::ofstream out(path);
    for (const std::string& line : all) out << line << '\n';
  }
  auto before = published();
  CHECK(before.size() > 700);
  for (const std::string& line : before) {
    INFO("published, and now gone or different: " << line);
    CHECK(now.lines.contains(line));
  }
  for (const std::string& line : now.lines) {
    INFO("new, and not yet published: run with STAFETT_WRITE_GOLDEN=1: " << line);
    CHECK(before.contains(line));
  }
}

TEST_CASE("events are numbered without a gap and share one pointer", "[schema]") {
  auto data = capnp::Schema::from<Event>().getFieldByName("data").getType().asStruct();
  std::uint16_t number = 0;
  for (auto member : data.getUnionFields()) {
    CHECK(member.getProto().getDiscriminantValue() == number++);
    CHECK(member.getProto().getSlot().getOffset() == (number == 1 ? 0 : 8));
  }
  CHECK(number > 60);
}

TEST_CASE("every enumeration begins with what is no enumerator", "[schema]") {
  Listing all;
  all.add(capnp::Schema::from<Event>());
  int zeros = 0;
  for (const std::string& line : all.lines) {
    if (!line.starts_with("enum ") || !line.ends_with(" 0")) continue;
    INFO(line);
    CHECK((line.ends_with(".unspecified 0") || line == "enum Flag.absent 0"));
    ++zeros;
  }
  CHECK(zeros > 60);
}

}  // namespace
}  // namespace stafett::schema
