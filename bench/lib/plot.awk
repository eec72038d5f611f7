# Draws the CSV of bench/growth as one SVG: a small plot for each cost, all from zero, over the number of events.
BEGIN {
  FS = ","
  plots = split("an append (us, 64 connections x 16)|a case with obligations (us)|rebuilding, an event (us)|the server (MiB)", title, "|")
  width = 240; height = 150; left = 46; top = 34; gap = 30
}
NR > 1 && NF >= 6 {
  n++
  events[n] = $1
  value[1, n] = $2; value[2, n] = $3; second[n] = $4; value[3, n] = $5; value[4, n] = $6
}
function log10(v) { return log(v) / log(10) }
function across(p, v) {
  return left + (p - 1) * (width + left + gap) + (high == low ? width / 2 : (log10(v) - low) / (high - low) * width)
}
function up(v, most) { return top + height - v / most * height }
# 1, 2 or 5 times a power of ten, at least v.
function round_up(v,   step) {
  step = 10 ^ int(log10(v))
  while (step > v) step /= 10
  return step >= v ? step : 2 * step >= v ? 2 * step : 5 * step >= v ? 5 * step : 10 * step
}
function curve(p, colour, of_second,   i, points, v) {
  for (i = 1; i <= n; i++) {
    v = of_second ? second[i] : value[p, i]
    points = points sprintf("%.1f,%.1f ", across(p, events[i]), up(v, most))
    printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", across(p, events[i]), up(v, most), colour
  }
  printf "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>\n", points, colour
}
END {
  if (n == 0) exit 1
  low = log10(events[1]); high = log10(events[n])
  total = plots * (width + left + gap)
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#222\">\n", total, top + height + 40
  printf "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", total, top + height + 40
  for (p = 1; p <= plots; p++) {
    most = 0
    for (i = 1; i <= n; i++) {
      if (value[p, i] > most) most = value[p, i]
      if (p == 2 && second[i] > most) most = second[i]
    }
    most = round_up(most > 0 ? most : 1)
    x = left + (p - 1) * (width + left + gap)
    printf "<text x=\"%d\" y=\"16\" font-weight=\"bold\">%s</text>\n", x, title[p]
    for (i = 0; i <= 4; i++) {
      y = up(most * i / 4, most)
      printf "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>", x, x + width, y, y
      printf "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%g</text>\n", x - 5, y + 4, most * i / 4
    }
    for (i = 1; i <= n; i++)
      printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", across(p, events[i]), top + height + 16, shown(events[i])
    printf "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">events in the ledger</text>\n", x + width / 2, top + height + 32
    curve(p, "#0b5fa5", 0)
    if (p == 2) {
      curve(p, "#c8550b", 1)
      printf "<text x=\"%d\" y=\"%d\" fill=\"#0b5fa5\">median</text><text x=\"%d\" y=\"%d\" fill=\"#c8550b\">99 of 100</text>\n", x + 4, top - 4, x + 54, top - 4
    }
  }
  print "</svg>"
}
function shown(v) { return v >= 1000000 ? v / 1000000 " M" : v / 1000 " k" }
