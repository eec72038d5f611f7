#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Drawing with characters.
namespace stafett::tools {

// What the terminal can show.
struct Screen {
  std::size_t width = 80;  // columns
  bool boxes = false;      // box drawing characters; else ASCII
  bool colour = false;
};

// What standard output is: boxes where it is a terminal of a UTF-8 locale, colour where it is a terminal and
// NO_COLOR is not set; its width, or 80 when it has none.
Screen screen_of_output();

enum class Paint : std::uint8_t { plain, bold, dim, red, yellow, green, cyan };

// One row of cells.
class Row {
 public:
  explicit Row(std::size_t width) : cells_(width) {}
  std::size_t size() const { return cells_.size(); }
  // One character of UTF-8 in one cell; cells outside the row are not drawn.
  void put(std::size_t column, std::string_view character, Paint paint = Paint::plain);
  void fill(std::size_t from, std::size_t to, std::string_view character, Paint paint = Paint::plain);
  // A text from that column on, as far as there is room.
  void write(std::size_t column, std::string_view text, Paint paint = Paint::plain);
  bool blank(std::size_t from, std::size_t to) const;  // nothing drawn there, or only by `behind`
  // Draws only where nothing has been drawn, and can be drawn over.
  void behind(std::size_t column, std::string_view character, Paint paint = Paint::dim);
  std::string text(bool colour) const;

 private:
  struct Cell {
    std::string character;
    Paint paint = Paint::plain;
    bool drawn = false;
  };
  std::vector<Cell> cells_;
};

// At most `width` characters; what is cut off is marked.
std::string clipped(std::string_view text, std::size_t width, const Screen& screen);
std::string painted(std::string_view text, Paint paint, bool colour);

}  // namespace stafett::tools
