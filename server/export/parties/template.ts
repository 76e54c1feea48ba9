/** How the other parts are laid out: engagements, gouvernance, financement, signatures, bilan. Goes into `../template.ts`. */
export const PARTIES = String.raw`
// The other parts

#let fait(f) = par(hanging-indent: 0.5cm)[#text(weight: 600, fill: encre-2)[#f.etiquette#sym.space.nobreak: ]#f.valeur]

#let cadre(b) = {
  for champ in b.champs { champ-imprime(b.rang + 1, champ) }
  if b.approbation != "" { par(text(weight: 600, b.approbation)) }
}

#let matrice-droite(b) = {
  if b.titre != "" { sous-tete(b) }
  tableau(b.colonnes, b.lignes.map(l => (text(weight: 600, l.first()),) + l.slice(1)), largeurs: (2fr,) + (1fr,) * (b.colonnes.len() - 1))
  for t in b.trous { par(text(fill: encre-2, t)) }
}

#let matrice(b) = if b.colonnes.len() > 6 { page(flipped: true, matrice-droite(b)) } else { matrice-droite(b) }

#let parole(b) = {
  v(0.6em)
  for s in b.signataires {
    block(sticky: true, above: 0.9em, below: 0.4em, text(weight: 600, s.personne))
    if s.fonction != "" { block(above: 0.4em, below: 0.4em, s.fonction) }
  }
  if b.organisme != "" { block(above: 0.5em, text(fill: encre-2, b.organisme)) }
}

#let instances(b) = {
  tete(b)
  for i in b.instances {
    intertitre(b.rang + 1, i.nom)
    if i.nature != "" { par(text(9.5pt, fill: encre-2, i.nature)) }
    if i.objet != "" { par(i.objet) }
    if i.roles.len() > 0 { block(sticky: true, text(weight: 600, fill: encre-2)[Rôles]); list(..i.roles) }
    for f in i.faits { fait(f) }
  }
}

#let methode(b) = {
  tete(b)
  for p in b.phases {
    intertitre(b.rang + 1, p.nom)
    if p.periode != "" { par(text(9.5pt, fill: encre-2, p.periode)) }
    if p.sousTitre != "" { par(p.sousTitre) }
    if p.contenus.len() > 0 { list(..p.contenus) }
  }
  if b.planning != none {
    intertitre(b.rang + 1, "Planning")
    layout(place => image(
      bytes(b.planning.svg), format: "svg",
      width: calc.min(place.width, 21cm * b.planning.rapport), alt: b.planning.alternative,
    ))
  }
  if b.instances.len() > 0 {
    intertitre(b.rang + 1, "Instances")
    list(..b.instances.map(i => {
      text(weight: 600, i.nom)
      if i.rencontres != "" [ (#i.rencontres)]
      if i.objet != "" [#sym.space.nobreak: #i.objet]
    }))
  }
  if b.lignes.len() > 0 {
    intertitre(b.rang + 1, "Rencontres")
    tableau(b.colonnes, b.lignes.map(l => (
      (text(weight: 600, l.instance), l.periode, l.objet),
      ..l.dates.map(d => (pad(left: 8pt, d.theme), d.quand, [])),
    )).flatten(), largeurs: (5fr, 3.4fr, 4fr))
  }
}

#let financement(b) = {
  tete(b)
  for e in b.enveloppes { fait((etiquette: e.libelle, valeur: e.valeur)) }
  for o in b.orientations {
    intertitre(b.rang + 1, o.libelle)
    for a in o.axes { par(text(9.5pt, fill: encre-2, a)) }
    if o.dispositifs.len() > 0 { list(..o.dispositifs) }
  }
  if b.intermediaires.len() > 0 {
    intertitre(b.rang + 1, "Organismes intermédiaires")
    list(..b.intermediaires)
  }
  if b.montants != none {
    intertitre(b.rang + 1, "Montants des fiches")
    tableau(b.montants.colonnes, b.montants.lignes, largeurs: (2.4fr, 2fr) + (1.4fr,) * (b.montants.colonnes.len() - 2))
  }
}

#let bilan(b) = {
  tete(b)
  if b.intitule != "" { par(b.intitule) }
  if b.phrase != "" { par(text(weight: 600, b.phrase)) }
  if b.actions.len() > 0 {
    tableau(("Action", "État", "Années", "Commentaire"), b.actions, largeurs: (5fr, 2.2fr, 1.6fr, 4fr))
  }
  if b.indicateurs.len() > 0 {
    intertitre(b.rang + 1, "Indicateurs par année")
    tableau(b.colonnes, b.indicateurs, largeurs: (3fr,) + (1fr,) * (b.colonnes.len() - 1))
  }
  if b.ameliorations.len() > 0 {
    intertitre(b.rang + 1, "Axes d’amélioration")
    list(..b.ameliorations)
  }
}
`;
