import { FEUILLES } from './feuilles/template.ts';
import { PARTIES } from './parties/template.ts';

/**
 * The layout of the printed documents, in Typst. The document comes as JSON (`assemble.ts`), never spliced in: what
 * people write stays text. A string, so that it goes along with the bundle.
 */
export const TEMPLATE = String.raw`
#let doc = json("/document.json")

#let encre = rgb("#1b2428")
#let encre-2 = rgb("#4a565c")
#let primaire = rgb("#0b5563")
#let fond = rgb("#e3f0f2")
#let filet = rgb("#c3cfd2")

#let polices = doc.polices

#set document(title: doc.titre, date: auto)
#set text(font: polices, fallback: false, lang: "fr", region: "FR", size: 11pt, fill: encre, hyphenate: false, top-edge: 0.67em)
// A place where a long word may break is a space without width: as a character, it would change the font around it.
#show "\u{200b}": h(0pt)
#set par(leading: 0.65em, spacing: 1em)

// The page

#let suite-de-fiche = context {
  let debuts = query(selector(<fiche>).before(here()))
  let fins = query(selector(<fin-de-fiche>).before(here()))
  if debuts.len() == fins.len() { return }
  let debut = debuts.last()
  if debut.location().page() == here().page() { return }
  set text(8.5pt, fill: encre-2)
  align(right)[#debut.value (suite)]
}

// Who pays: logos, then words.
#let bandeau(hauteur) = if "bandeau" in doc {
  let logos = doc.bandeau.logos.filter(l => l.fichier != "")
  block(width: 100%, above: 0.8em, below: 0.8em, grid(
    columns: (auto,) * logos.len() + (1fr,), column-gutter: 10pt, align: horizon,
    ..logos.map(l => image(l.fichier, format: l.format, height: hauteur, alt: l.alternative)),
    text(8pt, fill: encre-2, doc.bandeau.mention),
  ))
}
#let porte(pages) = "bandeau" in doc and pages.contains(doc.bandeau.pages)

#let pied = context {
  set text(8pt, fill: encre-2)
  if porte(("toutes",)) { bandeau(0.75cm) }
  line(length: 100%, stroke: 0.5pt + filet)
  v(-4pt)
  grid(
    columns: (1fr, auto), column-gutter: 1cm,
    doc.pied,
    align(right)[#counter(page).display()#sym.space.nobreak/#sym.space.nobreak#counter(page).final().first()],
  )
}

#set page(
  paper: "a4",
  margin: (left: 2.1cm, right: 2.1cm, top: 1.8cm, bottom: if porte(("toutes",)) { 3.2cm } else { 2.1cm }),
  header: suite-de-fiche,
  header-ascent: 25%,
  footer: pied,
  footer-descent: 22%,
)

// Headings: what they look like is decided where they are made; they keep their place in the outline.

#let titres = (22pt, 16pt, 12pt, 11pt, 10.5pt)
#let taille(rang) = titres.at(calc.min(rang, titres.len()) - 1)

#set heading(supplement: none)
#show heading: set text(fill: primaire, weight: 700)
#show heading: set block(above: 1.5em, below: 0.8em)
#show heading: it => {
  set text(taille(it.level))
  set par(leading: 0.45em)
  block(sticky: true, it.body)
}

// A heading that the contents name: its number is kept apart from its title.
#let titre(rang, repere, texte, dessin) = {
  show heading: it => block(width: 100%, sticky: true, dessin)
  heading(level: rang, numbering: if repere == "" { none } else { (..) => repere }, texte)
}

// A heading inside a page, not in the contents.
#let intertitre(rang, texte) = {
  show heading: it => block(above: 1.5em, below: 0.75em, sticky: true, text(12pt, it.body))
  heading(level: rang, outlined: false, bookmarked: false, texte)
}

// Lists

#set list(marker: text(fill: primaire, "•"), indent: 0.1em, body-indent: 0.6em, spacing: 0.75em)
#let lignes(textes) = textes.join(linebreak())
#let puces(liste) = list(..liste.map(lignes))
#let points(liste) = list(..liste.map(p => {
  lignes(p.lignes)
  if p.sous.len() > 0 { list(marker: text(fill: primaire, "–"), ..p.sous.map(lignes)) }
}))

// A table with the names of its columns on each page where it goes on.
#let tableau(colonnes, rangees, largeurs: auto) = {
  set text(9.5pt)
  set par(leading: 0.5em)
  table(
    columns: if largeurs == auto { (1fr,) * colonnes.len() } else { largeurs },
    stroke: (x, y) => (bottom: 0.5pt + filet),
    inset: (x: 6pt, y: 5.5pt),
    fill: (x, y) => if y == 0 { primaire },
    table.header(..colonnes.map(c => text(weight: 600, fill: white, c))),
    ..rangees.flatten(),
  )
}

// Rows of a field: a cell that goes on below is as many rows high.
#let tableau-de-champ(champ) = tableau(
  champ.colonnes.map(c => if c.nombre { align(right, c.nom) } else { c.nom }),
  champ.rangees.enumerate().map(((y, rangee)) => rangee.map(c => table.cell(
    x: c.x, y: y + 1, rowspan: c.hauteur, align: if champ.colonnes.at(c.x).nombre { right } else { left }, lignes(c.lignes),
  ))),
  largeurs: champ.largeurs.map(l => l * 1fr),
)

// What is written in a field.
#let contenu-de-champ(champ) = {
  if "puces" in champ {
    if champ.puces.len() > 0 { puces(champ.puces) }
    for p in champ.at("apres", default: ()) { par(p) }
  }
  else if "points" in champ { points(champ.points) }
  else if "colonnes" in champ {
    tableau-de-champ(champ)
    for t in champ.totaux { par(text(weight: 600, t)) }
  } else { for p in champ.paragraphes { par(p) } }
}

// A field with its name. A table that is too wide for an upright page lies on pages of its own.
#let champ-imprime(rang, champ) = {
  let corps = { intertitre(rang, champ.etiquette); contenu-de-champ(champ) }
  if champ.at("paysage", default: false) { page(flipped: true, corps) } else { corps }
}

#let liste-simple(rang, liste) = {
  intertitre(rang, liste.etiquette)
  list(..liste.entrees.map(e => if e.code == "" [#e.titre] else [#text(weight: 600, e.code)#h(0.6em)#e.titre]))
}

// Figures: the drawing, its sentence, its table and its source stay together where a page has room for them.

#let vers-figure(cle) = label("figure-" + cle)

#let dessin-de-donnees(b) = {
  show figure: set block(breakable: true, above: 1.6em, below: 1.8em)
  show figure: set align(left)
  show figure.caption: it => block(sticky: true, below: 0.9em, text(weight: 600)[
    #text(fill: primaire)[Figure #b.numero.] #b.titre#if b.unite != "" [ #text(weight: 400, fill: encre-2)[(#b.unite)]]
  ])
  [#figure(kind: "figure-de-donnees", supplement: none, numbering: none, caption: figure.caption(position: top, b.titre), {
    // A drawing never passes the page: one that is too high is made smaller.
    layout(place => image(bytes(b.svg), format: "svg", width: calc.min(place.width, 19cm / b.hauteur), alt: b.alternative))
    if b.phrase != "" { par(b.phrase) }
    if b.colonnes.len() > 0 {
      block(breakable: b.rangees.len() > 14, tableau(
        ([],) + b.colonnes.map(c => align(right, c)),
        b.rangees.map(r => r.enumerate().map(((i, c)) => if i == 0 { c } else { align(right, c) })),
        largeurs: (2fr,) + (1fr,) * b.colonnes.len(),
      ))
    }
    par(text(8.5pt, fill: encre-2, b.origine))
  })#vers-figure(b.cle)]
}

#let image-inseree(b) = {
  let dessin = if b.fichier == "" { none } else {
    layout(place => {
      // As wide as its points at 150 to the inch, within the page.
      let largeur = calc.min(place.width, 17cm * b.rapport)
      let vue = image(b.fichier, format: b.format, width: largeur, alt: if b.alternative == "" { none } else { b.alternative })
      if b.alternative == "" { pdf.artifact(vue) } else { vue }
    })
  }
  block(width: 100%, above: 1.4em, below: 1.4em, {
    if dessin != none { dessin } else [#text(fill: encre-2)[Image retirée#if b.alternative != "" [ : #b.alternative]]]
    if b.legende != "" { block(above: 0.6em, text(9pt, fill: encre-2, b.legende)) }
  })
}

// Prose

#let run(r) = {
  if "note" in r { footnote(r.note.map(run).join()) }
  else if "saut" in r { linebreak() }
  else {
    let mots = r.texte
    if r.at("italique", default: false) { mots = text(style: "italic", mots) }
    if r.at("gras", default: false) { mots = text(weight: 700, mots) }
    if "fiche" in r { link(label("fiche-" + r.fiche), mots) }
    else if "lien" in r { link(r.lien, mots) }
    else { mots }
  }
}
#let runs(rs) = rs.map(run).join()

#let liste-de-prose(l) = {
  let items = l.items.map(i => { runs(i.runs); for s in i.sous { liste-de-prose(s) } })
  if l.numerotee { enum(tight: true, ..items) } else { list(..items) }
}

#let cellule-de-prose(c) = table.cell(
  x: c.x, y: c.y, colspan: c.colonnes, rowspan: c.lignes,
  fill: if c.entete { fond } else { none },
  {
    set par(spacing: 0.5em)
    set text(weight: if c.entete { 600 } else { 400 })
    for ligne in c.lignesDeTexte { par(runs(ligne)) }
  },
)

#let tableau-de-prose(b) = {
  set text(9.5pt)
  set par(leading: 0.5em)
  let corps = table(
    columns: b.largeurs.map(l => l * 1fr),
    stroke: 0.5pt + filet,
    inset: (x: 6pt, y: 5.5pt),
    align: left,
    ..if b.entetes.len() > 0 { (table.header(..b.entetes.flatten().map(cellule-de-prose)),) } else { () },
    ..b.rangees.flatten().map(cellule-de-prose),
  )
  if b.legende == "" { corps } else {
    // A short one stays whole: its caption is not left alone at the foot of a page.
    show figure: set block(breakable: b.rangees.len() > 12)
    show figure.caption: set align(left)
    figure(kind: table, supplement: none, numbering: none, caption: figure.caption(position: top, text(weight: 600, b.legende)), corps)
  }
}

#let prose(blocs) = for b in blocs {
  if b.t == "p" { par(runs(b.runs)) }
  else if b.t == "titre" { intertitre(b.rang, runs(b.runs)) }
  else if b.t == "citation" {
    show quote: set pad(x: 0pt)
    block(inset: (left: 10pt, y: 3pt), stroke: (left: 2pt + primaire), quote(block: true, runs(b.runs)))
  }
  else if b.t == "constat" {
    block(width: 100%, fill: fond, inset: (x: 9pt, y: 7pt), radius: 3pt, par[#text(weight: 700, b.nature + "\u{a0}: ")#runs(b.runs)])
  }
  else if b.t == "liste" { liste-de-prose(b.liste) }
  // One that is too wide for an upright page lies on pages of its own.
  else if b.t == "tableau" { if b.colonnes > 6 { page(flipped: true, tableau-de-prose(b)) } else { tableau-de-prose(b) } }
  else if b.t == "dessin" { dessin-de-donnees(b.bloc) }
  else if b.t == "image" { image-inseree(b.bloc) }
}

// A line that leads to a page: one run of text, so that it is read as one link.
#let marge-de-page = 1.1cm
#let renvoi(cible, retrait, tete, corps, numero) = block(width: 100%, breakable: false, inset: (right: marge-de-page), spacing: 0pt, link(cible, par(
  hanging-indent: retrait,
  {
    if tete != none { if retrait == 0pt [#tete#h(0.7em)] else { box(width: retrait, tete) } }
    corps
    [ ]
    box(width: 1fr, repeat(gap: 2.5pt, text(fill: filet, ".")))
    sym.wj // The number never starts a line.
    box(width: 0pt, box(width: marge-de-page, align(right, numero)))
  },
)))

#let numero-de-page(cible) = context counter(page).at(cible).first()
#let vers-fiche(cle) = label("fiche-" + cle)
#let repere-colore(code) = if code == "" { none } else { text(weight: 600, fill: primaire, code) }

// The blocks

#let couverture(b) = page(header: none, footer: none, margin: (left: 3.2cm, right: 2.4cm, top: 3cm, bottom: 2.6cm),
  background: place(left + top, rect(width: 1.1cm, height: 100%, fill: primaire)))[
  #set par(leading: 0.5em)
  #par(text(12pt, weight: 600, fill: encre-2, b.territoire))
  #v(1fr)
  // « Haute-Rivière » is not cut there.
  #show regex("\p{L}+(-\p{L}+)+"): nom => if nom.text.clusters().len() <= 22 { box(nom) } else { nom }
  #block(text(31pt, weight: 700, fill: primaire, title(b.titre)))
  #if b.periode != "" { v(0.5cm); par(text(20pt, fill: encre, b.periode)) }
  #v(1.3cm)
  #line(length: 3.2cm, stroke: 2.5pt + primaire)
  #v(0.5cm)
  #for ligne in b.contenu { par(spacing: 0.75em, text(12.5pt, ligne)) }
  #v(1.6fr)
  #if b.version != "" { par(text(10pt, fill: encre-2, b.version)) }
  #if porte(("couverture", "fiches", "toutes")) { bandeau(1.5cm) }
]

#let sommaire(b) = {
  show outline.entry: it => {
    let haut = it.level == 1
    let repere = it.prefix()
    set text(10pt, weight: if haut { 600 } else { 400 })
    set par(leading: 0.5em)
    v(if haut { 0.95em } else { 0.45em }, weak: true)
    let tete = if repere in (none, []) { none } else { text(weight: 600, fill: primaire, repere) }
    // Titles stand under one another beside short marks; a long one (« Objectif opérationnel I1 ») stands before its title.
    let place = 1.15cm
    let courte = not haut and tete != none and measure(tete).width + 4pt <= place
    pad(left: 0.55cm * calc.max(0, it.level - 2), renvoi(
      it.element.location(),
      if courte { place } else { 0pt },
      tete,
      it.body(),
      it.page(),
    ))
  }
  show heading: it => { it; v(8pt) }
  outline(title: [Sommaire], depth: b.profondeur)
  pagebreak(weak: true)
}

#let chapitre(b) = {
  if b.nouvellePage { pagebreak(weak: true) }
  titre(b.rang, b.repere, b.titre, {
    set par(leading: 0.45em)
    if b.repere != "" { block(below: 8pt, text(if b.rang == 1 { 13pt } else { 11pt }, weight: 600, fill: encre-2, b.repere)) }
    block(above: 8pt, text(taille(b.rang), weight: 700, fill: primaire, b.titre))
  })
  if b.rang == 1 { block(above: 14pt, below: 22pt, sticky: true, line(length: 3.2cm, stroke: 2.5pt + primaire)) }
  for t in b.textes { intertitre(b.rang + 1, t.titre); prose(t.blocs) }
  for liste in b.listes { liste-simple(b.rang + 1, liste) }
  if b.fiches != none {
    intertitre(b.rang + 1, b.fiches.etiquette)
    list(
      marker: none, indent: 0pt, body-indent: 0pt, spacing: 0.85em,
      ..b.fiches.entrees.map(e => {
        let cible = vers-fiche(e.cle)
        renvoi(cible, 1.3cm, repere-colore(e.code), e.titre, numero-de-page(cible))
      }),
    )
  }
}

// The heading of a part. What is printed under the heading of another part has none.
#let sous-tete(b) = titre(b.rang, b.repere, b.titre, {
  set par(leading: 0.45em)
  text(taille(b.rang), weight: 700, fill: primaire)[#if b.repere != "" [#b.repere#h(0.5em)]#b.titre]
})
#let tete(b) = if b.titre != "" {
  pagebreak(weak: true)
  sous-tete(b)
}

// A part of the plan: its title and its text.
#let section(b) = {
  if b.nouvellePage { pagebreak(weak: true) }
  sous-tete(b)
  prose(b.blocs)
}

#let faits(liste) = if liste.len() > 0 {
  let poids(f) = calc.max(1, f.etiquette.clusters().len() / 15, calc.min(2.6, f.valeur.clusters().len() / 26))
  block(width: 100%, fill: fond, radius: 4pt, inset: (x: 10pt, y: 9pt), above: 1em, below: 1.2em, grid(
    columns: if liste.len() <= 3 { liste.map(f => poids(f) * 1fr) } else { (1fr, 1fr, 1fr) },
    column-gutter: 14pt, row-gutter: 9pt,
    ..liste.map(f => {
      set par(spacing: 0.55em, leading: 0.5em)
      par(text(8.5pt, weight: 600, fill: encre-2, f.etiquette))
      par(text(weight: 600, f.valeur))
    }),
  ))
}

#let fiche(b) = {
  pagebreak(weak: true)
  [#metadata(if b.code == "" { b.titre } else { b.nature + " " + b.code })<fiche>]
  if porte(("fiches",)) { bandeau(1.1cm) }
  for etape in b.chemin { par(text(9pt, weight: 600, fill: encre-2, etape)) }
  [#titre(b.rang, b.code, b.titre, grid(
    columns: (auto, 1fr), column-gutter: if b.code == "" { 0pt } else { 10pt }, align: horizon,
    if b.code != "" { box(fill: primaire, radius: 4pt, inset: (x: 8pt, y: 7pt), text(15pt, weight: 700, fill: white, b.code)) },
    text(15pt, weight: 700, fill: primaire, b.titre),
  ))#vers-fiche(b.cle)]
  faits(b.faits)
  if b.champs.len() == 0 and b.listes.len() == 0 { text(fill: encre-2)[Cette fiche n’est pas encore rédigée.] }
  for champ in b.champs { champ-imprime(b.rang + 1, champ) }
  for liste in b.listes { liste-simple(b.rang + 1, liste) }
  [#metadata(none)<fin-de-fiche>]
  pagebreak(weak: true)
}

#let synthese(b) = {
  pagebreak(weak: true)
  set page(flipped: true)
  titre(b.rang, b.repere, b.titre, text(taille(b.rang), weight: 700, fill: primaire)[#if b.repere != "" [#b.repere#h(0.5em)]#b.titre])
  prose(b.texte)
  let n = b.colonnes.len()
  let cellules(i) = b.groupes.map(g => g.lignes.map(l => l.cellules.at(i).clusters().len())).flatten()
  let poids(i) = calc.max(14, calc.min(34, cellules(i).sum() / cellules(i).len()))
  set text(9.5pt)
  set par(leading: 0.5em)
  table(
    columns: (1.25cm, 38fr) + range(n - 1).map(i => poids(i) * 1fr),
    stroke: (x, y) => (bottom: 0.5pt + filet),
    inset: (x: 6pt, y: 5.5pt),
    fill: (x, y) => if y == 0 { primaire },
    table.header(
      table.cell(colspan: 2, text(weight: 600, fill: white, b.colonnes.first())),
      ..b.colonnes.slice(1).map(c => text(weight: 600, fill: white, c)),
    ),
    ..b.groupes.map(g => (
      if g.titre != "" {
        (table.header(level: g.rang + 1, table.cell(colspan: n + 1, fill: fond, text(weight: 600, fill: primaire, g.titre))),)
      } else { () },
      ..g.lignes.map(l => (
        text(weight: 600, fill: primaire, l.code),
        if l.cle == none { l.titre } else { link(vers-fiche(l.cle), l.titre) },
        ..l.cellules,
      )),
    )).flatten(),
  )
}

// A column for each level; what holds several fiches is one cell beside them.
#let synthese-en-niveaux(b) = {
  pagebreak(weak: true)
  set page(flipped: true, margin: (left: 1.6cm, right: 1.6cm))
  titre(b.rang, b.repere, b.titre, text(taille(b.rang), weight: 700, fill: primaire)[#if b.repere != "" [#b.repere#h(0.5em)]#b.titre])
  prose(b.texte)
  let n = b.colonnes.len()
  let longueurs(i) = b.rangees.flatten().filter(c => c.x == i and c.colonnes == 1).map(c => c.texte.clusters().len())
  let poids(i) = { let l = longueurs(i); if l.len() == 0 { 16 } else { calc.max(15, calc.min(30, l.sum() / l.len())) } }
  set text(9pt)
  set par(leading: 0.5em)
  table(
    columns: range(n).map(i => poids(i) * 1fr),
    stroke: (x, y) => 0.5pt + filet,
    inset: (x: 5pt, y: 5pt),
    fill: (x, y) => if y == 0 { primaire },
    table.header(..b.colonnes.map(c => text(weight: 600, fill: white, c))),
    ..b.rangees.enumerate().map(((i, r)) => r.map(c => {
      let mots = [#if c.code != "" [#text(weight: 600, fill: primaire, c.code) ]#if c.cle != none { link(vers-fiche(c.cle), c.texte) } else { c.texte }]
      let place = (x: c.x, y: i + 1, colspan: c.colonnes, rowspan: c.lignes)
      table.cell(..place, mots)
    })).flatten(),
  )
}

#let engagements(b) = {
  tete(b)
  for g in b.groupes { intertitre(b.rang + 1, g.organisme); puces(g.puces) }
}

#let signataires(b) = {
  tete(b)
  let colonnes = if b.signataires.len() <= 4 { 2 } else { 4 }
  grid(
    columns: (1fr,) * colonnes, gutter: 9pt, inset: 7pt,
    // The room to sign is the same under a long name.
    ..b.signataires.map(s => grid.cell(stroke: 0.75pt + filet, breakable: false)[
      #set text(9pt)
      #set par(spacing: 0.45em, leading: 0.45em)
      #par(text(weight: 600, s.organisme))
      #if s.personne != "" { par(s.personne) }
      #if s.fonction != "" { par(text(fill: encre-2, s.fonction)) }
      #if s.statut != "" { par(text(8pt, fill: encre-2, s.statut)) }
      #v(1.8cm)
    ]),
  )
}

// Figures, one after another, and their list.

// Images of the texts. One that says nothing more than the text is left to the eye alone.

#let figures(b) = {
  tete(b)
  for f in b.figures { dessin-de-donnees(f) }
}

#let liste-des-figures(b) = {
  if b.titre != "" { sous-tete(b) }
  list(
    marker: none, indent: 0pt, body-indent: 0pt, spacing: 0.85em,
    ..b.entrees.map(e => {
      let cible = vers-figure(e.cle)
      renvoi(cible, 1.3cm, repere-colore(str(e.numero) + "."), [#e.titre. #text(fill: encre-2, e.origine)], numero-de-page(cible))
    }),
  )
}

#let glossaire(b) = {
  tete(b)
  set text(10pt)
  set par(leading: 0.5em)
  table(
    columns: (3.6cm, 1fr),
    stroke: (x, y) => (bottom: 0.5pt + filet),
    inset: (x: 6pt, y: 5.5pt),
    fill: (x, y) => if y == 0 { primaire },
    table.header(
      text(weight: 600, fill: white)[Sigle],
      text(weight: 600, fill: white)[Ce qu’il veut dire],
    ),
    ..b.entrees.map(e => (
      text(weight: 600, fill: primaire, e.sigle),
      if e.definition == "" { [#e.developpe] } else { [#e.developpe#linebreak()#text(fill: encre-2, e.definition)] },
    )).flatten(),
  )
}

${PARTIES}
${FEUILLES}
#let constats(b) = for g in b.groupes {
  if g.theme != "" { intertitre(b.rang + 1, g.theme) }
  list(..g.constats.map(c => {
    text(weight: 600, c.nature + "\u{a0}: ")
    c.texte
    if c.reponse != "" { linebreak(); text(9.5pt, fill: encre-2, c.reponse) }
  }))
}

#let schemas(b) = {
  tete(b)
  list(..b.lignes.map(l => { text(weight: 600, l.nom); if l.precision != "" { linebreak(); l.precision }; if l.fiches != "" { linebreak(); text(9.5pt, fill: encre-2, l.fiches) } }))
}

#let partenaires(b) = columns(2, list(..b.noms))

#for b in doc.blocs {
  (
    constats: constats, partenaires: partenaires, schemas: schemas, methode: methode, presence: presence,
    cartesDeTable: cartes-de-table, feuillesDeRoute: feuilles-de-route,
    couverture: couverture, sommaire: sommaire, section: section, chapitre: chapitre, fiche: fiche,
    synthese: synthese, syntheseEnNiveaux: synthese-en-niveaux, engagements: engagements, glossaire: glossaire, signataires: signataires,
    cadre: cadre, matrice: matrice, parole: parole, instances: instances, financement: financement, bilan: bilan,
    figure: dessin-de-donnees, figures: figures, listeDesFigures: liste-des-figures, image: image-inseree,
  ).at(b.type)(b)
}

// Where each heading of the contents is, for the formats that have no pages of their own.
#context [#metadata(query(heading.where(outlined: true)).map(h => counter(page).at(h.location()).first()))<pages>]
`;
