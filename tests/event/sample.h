#pragma once

#include <nlohmann/json.hpp>
#include <random>

#include "stafett/event/new_event.h"

// Events made up from the catalogue, for tests that must hold for every type.
namespace stafett::event::test {

using Json = nlohmann::ordered_json;

enum class Fill { required_only, every_field, some_fields };

// A well-formed event of the type, in the contract's JSON; everything about it comes from the generator.
Json sample_event(const EventType& type, Fill fill, std::mt19937_64& random);

// One field's value.
Json sample_value(const Field& field, std::mt19937_64& random);

// The members of every object, and of the objects inside, in another order.
Json shuffled(const Json& json, std::mt19937_64& random);

// `data` and attributes compared as the contract means it: instants as instants, uuids in either case.
bool same_json(const Json& a, const Json& b);

// Bytes as whole words where Cap'n Proto can read them.
std::vector<std::uint64_t> words_of(BytesView bytes);

}  // namespace stafett::event::test
