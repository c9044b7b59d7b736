import { fill, formatDate } from '#platform/text.ts'
import { openPaper, type PaperView } from '#platform/ui/paper.ts'
import type { PaperContent } from '../domain/paper.ts'
import { words } from '../text/index.ts'

type Given = { number: string; at: Date; content: PaperContent }

/** The agreement of both parties as it was when the second of them signed. */
export function drawAgreement({ number, at, content }: Given, { lang, demo, address }: PaperView) {
  const w = words(lang)
  const paper = openPaper({ lang, title: w.agreementTitle, number, at, demo })
  paper.paragraph(fill(w.agreementOpening, content.innovation))
  paper.facts([
    [w.agreementFirst, content.owner],
    [w.agreementSecond, content.adopter],
    ...(content.area ? ([[w.area, content.area]] as const) : []),
  ])
  if (content.expansion) paper.paragraph(w.certificateExpansion)
  paper.heading(w.agreementTerms)
  for (const term of [w.agreementTerm1, w.agreementTerm2, w.agreementTerm3]) paper.paragraph(term)
  paper.facts([
    [w.paperSignedOwner, formatDate(new Date(content.signedOwner), lang)],
    [w.paperSignedAdopter, formatDate(new Date(content.signedAdopter), lang)],
  ])
  paper.check(address, w.agreementCheck)
  return paper.close()
}

/** The certificate; `address` is where anybody checks it. */
export function drawCertificate({ number, at, content }: Given, { lang, demo, address }: PaperView) {
  const w = words(lang)
  const paper = openPaper({ lang, title: w.certificateTitle, number, at, to: content.adopter, demo })
  paper.paragraph(fill(w.certificateOpening, { ...content.innovation, adopter: content.adopter, owner: content.owner }))
  if (content.expansion) paper.paragraph(w.certificateExpansion)
  paper.facts([
    ...(content.area ? ([[w.area, content.area]] as const) : []),
    [w.paperSignedOwner, formatDate(new Date(content.signedOwner), lang)],
    [w.paperSignedAdopter, formatDate(new Date(content.signedAdopter), lang)],
    ...(content.begins ? ([[w.begins, formatDate(content.begins, lang)]] as const) : []),
    ...(content.package
      ? ([
          [w.certificatePackage, `${content.package.id} ${content.package.version}`],
          [w.certificateInstalled, formatDate(new Date(content.package.installed), lang)],
        ] as const)
      : []),
    ...(content.package?.firstCase
      ? ([[w.certificateFirstCase, formatDate(new Date(content.package.firstCase), lang)]] as const)
      : []),
  ])
  paper.check(address, w.certificateCheck)
  return paper.close()
}
