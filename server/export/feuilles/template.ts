/** How the sheets of séances are laid out. Goes into `../template.ts`. */
export const FEUILLES = String.raw`
// Sheets of séances

#let presence(b) = {
  titre(1, "", b.titre, text(16pt, weight: 700, fill: primaire, b.titre))
  faits(b.faits)
  set text(10pt)
  table(
    columns: (4fr, 5fr, 4fr),
    rows: (auto,) + (1.15cm,) * b.lignes.len(),
    align: left + horizon,
    stroke: 0.5pt + filet,
    inset: (x: 6pt, y: 4pt),
    fill: (x, y) => if y == 0 { primaire },
    table.header(..b.colonnes.map(c => text(weight: 600, fill: white, c))),
    ..b.lignes.map(l => (l, [], [])).flatten(),
  )
}

// Sheets to cut: each piece is a part of its own, with a heading of its own.

#let a-couper(colonnes, rangees, morceaux) = {
  set page(margin: 0pt, header: none, footer: none)
  set par(leading: 0.5em, spacing: 0.5em)
  let par-page = colonnes * rangees
  for (i, page) in morceaux.chunks(par-page).enumerate() {
    if i > 0 { pagebreak() }
    grid(
      columns: (100% / colonnes,) * colonnes,
      rows: (100% / rangees,) * rangees,
      stroke: (dash: "dashed", paint: filet, thickness: 0.5pt),
      ..page,
    )
  }
}

#let tete-de-morceau(taille, texte) = {
  show heading: it => block(above: 0pt, below: 0pt, text(taille, weight: 700, fill: encre, it.body))
  heading(level: 1, outlined: false, bookmarked: true, texte)
}

#let cartes-de-table(b) = a-couper(2, 2, b.cartes.map(c => box(width: 100%, height: 100%, inset: 9mm)[
  #set align(center)
  #grid(
    columns: (auto, auto), column-gutter: 4mm, align: horizon,
    image(bytes(c.dessin), format: "svg", width: 14mm, alt: c.forme),
    tete-de-morceau(26pt, [Table #c.numero]),
  )
  #if c.nom != "" { par(text(15pt, weight: 600, c.nom)) }
  #v(1fr)
  #image(bytes(c.qr), format: "svg", width: 60mm, alt: "QR code pour rejoindre la table " + str(c.numero))
  #v(1fr)
  #par(text(11pt)[Scannez, ou écrivez ces six chiffres à l’adresse])
  // An address is not cut.
  #par(box(text(if b.adresse.len() > 32 { 8.5pt } else { 12pt }, weight: 600, b.adresse)))
  #par(text(22pt, weight: 700, fill: primaire, b.code))
  #par(text(9pt, fill: encre-2, b.seance))
]))

#let feuilles-de-route(b) = a-couper(2, 4, b.feuilles.map(f => box(width: 100%, height: 100%, inset: 7mm, grid(
  columns: (1fr, 32mm), column-gutter: 3mm,
  {
    tete-de-morceau(15pt, [Place #f.place])
    v(2mm)
    if f.organisme != "" { par(text(9pt, fill: encre-2, f.organisme)) }
    for e in f.etapes {
      par[#text(9pt, fill: encre-2)[Tour #e.tour] #text(12pt, weight: 600, e.table)]
    }
  },
  {
    image(bytes(f.qr), format: "svg", width: 32mm, alt: "QR code de la place " + str(f.place))
    par(text(8pt, fill: encre-2, b.seance))
  },
))))
`;
