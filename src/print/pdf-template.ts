/**
 * How a PDF looks: a Typst document that shows the data of `pdf-data.ts` (`document.json`). It holds no text of its own and
 * reads none as markup. https://typst.app/docs
 */
export const TEMPLATE = `
#let data = json("document.json")
#let ink = rgb("#1b2420")
#let soft = rgb("#53615a")
#let pale = rgb("#c9d2cc")
#let accent = rgb("#0b5d4b")

#set document(title: data.title, author: data.author, date: datetime(..data.date))
#set text(font: ("Noto Sans", "Noto Sans Math"), size: 10pt, lang: data.lang, fill: ink)
#set par(leading: 0.62em, spacing: 0.95em)

#let number(kind) = context if kind == "page" { counter(page).display("1") } else { str(counter(page).final().first()) }
#let small(body) = { set text(size: 8pt, fill: soft); body }
#let first() = counter(page).get().first() == 1
#let running = context if not first() {
  small(block(width: 100%, stroke: (bottom: 0.5pt + pale), inset: (bottom: 3pt), data.title))
}
#let footing = context if not (first() and data.book) {
  align(end, small(data.footer.map(part => if part.number == none { part.text } else { number(part.number) }).join()))
}
#set page(
  paper: "a4", numbering: "1", header: running, footer: footing,
  margin: (top: 25mm, bottom: 22mm, left: 20mm, right: 20mm),
)

// such a space is where a line may end, and leaves no trace in text that is copied
#let words(parts) = parts.map(part => if part == "\\n" { linebreak() } else { part }).join(h(0.001pt))
#let piece(part) = if part.href != none { link(part.href, text(fill: accent, words(part.text))) } else if part.at != none {
  link(label(part.at), text(fill: accent, words(part.text)))
} else { words(part.text) }
#let pieces(parts) = for part in parts { piece(part) }
#let placed(at, body) = if at == none { body } else [#body#label(at)]
#let named(number) = label("note " + str(number))
// notes have their numbers from the data: to let them be counted and linked at both ends takes twice the time and memory
#let mark(one) = if one.first [#footnote(pieces(data.notes.at(one.note - 1)))#named(one.note)] else {
  link(named(one.note), super(str(one.note)))
}
#let marks(item) = for (i, one) in item.marks.enumerate() {
  if i > 0 { sym.wj + super[,] + sym.wj }
  mark(one)
}
// in columns of figures the marks get room of their own, so that the figures stand below one another
#let cited(item, hang: 0) = {
  words(item.text)
  if item.seen.len() > 0 [ (#pieces(item.seen))#item.stop]
  if hang > 0 { box(width: hang * 0.36em, align(start, marks(item))) } else { marks(item) }
}

#show heading: set text(fill: ink, hyphenate: false)
#show heading: set par(justify: false)
#show heading.where(level: 1): set text(size: if data.book { 17pt } else { 14pt })
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 3): set text(size: 11pt)
#show heading.where(level: 4): set text(size: 10pt)
#show heading: set block(above: 1.5em, below: 0.7em)
#show heading.where(level: 1): it => if not data.book { it } else {
  block(width: 100%, stroke: (top: 2pt + accent), inset: (top: 8pt), sticky: true, above: 1.6em, below: 0.9em, it)
}
#show outline.entry.where(level: 1): set block(above: 1.1em)
#show outline.entry.where(level: 1): set text(weight: "bold")
#set outline(indent: 1.2em)
#set footnote.entry(gap: 0.45em, separator: line(length: 25%, stroke: 0.5pt + soft))
#show footnote: it => super(str(it.label).slice(5))
#show footnote.entry: it => pad(left: 0.8em, par(hanging-indent: -0.8em)[#super(str(it.note.label).slice(5))#h(0.2em)#it.note.body])
#show footnote.entry: set text(size: 7.5pt)
#show footnote.entry: set par(leading: 0.5em)
#show figure.caption: set text(size: 9pt)
#show figure.caption: set align(start)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.where(kind: table): it => { show figure.caption: name => block(width: 100%, sticky: true, name); it }
#show figure.where(kind: table): set block(breakable: true)
#show figure: set block(above: 1.3em, below: 1.3em)
#set figure(numbering: none, supplement: none, gap: 0.6em)
#set list(marker: ([•], [–]), indent: 0.4em)

#let caption(block) = [#strong(block.label) #words(block.caption)]
#let captioned(block, kind, body) = if block.label == "" { placed(block.at, body) } else {
  placed(block.at, figure(body, kind: kind, caption: caption(block)))
}

#let rows(item) = {
  set text(size: item.size * 1pt, number-width: "tabular")
  set par(leading: 0.5em, spacing: 0.5em, justify: false)
  let card = item.head.len() == 0
  table(
    columns: item.widths.map(width => width * 1pt),
    align: item.align.map(side => if side == "end" { end } else { start }),
    inset: (x: 4pt, y: 3.2pt),
    stroke: (x, y) => (bottom: if y == 0 and not card { 0.9pt + ink } else { 0.5pt + pale }, top: if y == 0 { 0.9pt + ink }),
    fill: (x, y) => if y == 0 and not card { rgb("#eef3f0") },
    ..if card { () } else { (table.header(repeat: true, ..item.head.map(name => table.cell(align: bottom, strong(words(name))))),) },
    ..item.rows.map(row => row.cells.enumerate().map(((i, cell)) => table.cell(
      breakable: not row.whole,
      if card and i == 0 { strong(cited(cell)) } else { cited(cell, hang: item.hang.at(i)) },
    ))).flatten(),
  )
}

#let drawing(item) = align(start, image(bytes(item.svg), format: "svg", width: item.width * 1pt, alt: item.alt))

#let cover(item) = {
  if data.book { v(58mm) }
  { set text(size: if data.book { 24pt } else { 19pt }, hyphenate: false); title(words(item.text)) }
  block(above: 1.2em, text(size: if data.book { 14pt } else { 11pt }, fill: soft, words(item.under)))
  if data.book {
    block(above: 2.4em, line(length: 35%, stroke: 2pt + accent))
    block(above: 1.4em, data.author)
    block(above: 0.7em, data.dateText)
    v(14mm)
  }
}

#let rest(item) = {
  heading(level: 1, words(item.title))
  for note in item.notes { par[#note. #pieces(data.notes.at(note - 1))] }
}

#let contents(item) = {
  heading(level: 1, outlined: false, bookmarked: false, words(item.title))
  outline(title: none, depth: item.depth)
}

#let show-block(item) = {
  if item.kind == "title" { cover(item) }
  else if item.kind == "contents" { contents(item) }
  else if item.kind == "heading" { heading(level: item.level, words(item.text)) }
  else if item.kind == "hint" { block(sticky: item.leads, par(text(size: 9pt, fill: soft, words(item.text)))) }
  else if item.kind == "text" { par(cited(item.text)) }
  else if item.kind == "list" { list(..item.items.map(cited)) }
  else if item.kind == "gap" {
    block(
      width: 100%, breakable: false, fill: rgb("#fff4d6"), inset: (left: 9pt, rest: 6pt),
      stroke: (left: 3.5pt + rgb("#8a5a00"), rest: 0.4pt + rgb("#8a5a00")), par(words(item.text)),
    )
  }
  else if item.kind == "table" { block(above: 1.2em, below: 1.2em, captioned(item, table, rows(item))) }
  else if item.kind == "figure" { captioned(item, image, drawing(item)) }
  else if item.kind == "rest" { rest(item) }
}

#for sheet in data.sheets {
  let body = for item in sheet.blocks {
    if item.breaks { pagebreak(weak: true) }
    show-block(item)
  }
  if sheet.flipped { page(flipped: true, body) } else { body }
}
`;
