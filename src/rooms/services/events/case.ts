import type { EventCatalogue } from '#platform/events.ts'
import { by, named } from './named.ts'

/** What becomes of cases. No value of one stands in an event. */
export const caseEvents: EventCatalogue = {
  'services.case-opened': {
    about: 'A case was opened, by a person or as a part of another case.',
    id: (p) => `Kasus ${p.number} dibuka ${by(p, 'id')}: ${named(p.name, 'id')}.`,
    en: (p) => `Case ${p.number} was opened ${by(p, 'en')}: ${named(p.name, 'en')}.`,
  },
  'services.case-moved': {
    about: 'A case moved: a person made the move, or time did.',
    id: (p) => `${named(p.name, 'id')}, ${by(p, 'id')}: ${named(p.to, 'id')}.`,
    en: (p) => `${named(p.name, 'en')}, ${by(p, 'en')}: ${named(p.to, 'en')}.`,
  },
  'services.time-passed': {
    about: 'A step of a time limit was reached that moved nothing: a task, a message, a warning.',
    id: (p) => `Batas waktu tercapai: ${named(p.name, 'id')}.`,
    en: (p) => `A time limit was reached: ${named(p.name, 'en')}.`,
  },
  'services.told': {
    about: 'A case told other packages of something.',
    id: (p) => `Diberitahukan ke layanan lain: ${p.event}.`,
    en: (p) => `Other services were told: ${p.event}.`,
  },
  'services.consent-withdrawn': {
    about: 'A consent was taken back; what it covered left the case.',
    id: (p) => `Persetujuan “${named(p.name, 'id')}” ditarik.`,
    en: (p) => `The consent “${named(p.name, 'en')}” was taken back.`,
  },
  'services.cases-merged': {
    about: 'Two cases of one person were made one; told of the case that stayed.',
    id: (p) => `Kasus ${p.merged} digabungkan ke kasus ini.`,
    en: (p) => `Case ${p.merged} was merged into this one.`,
  },
  'services.case-merged-away': {
    about: 'Two cases of one person were made one; told of the case that was closed by it.',
    id: (p) => `Digabungkan ke kasus ${p.into}.`,
    en: (p) => `Merged into case ${p.into}.`,
  },
  'services.cases-parted': {
    about: 'A merge was undone; told of the case that had stayed.',
    id: (p) => `Penggabungan dengan kasus ${p.merged} dibatalkan.`,
    en: (p) => `The merge with case ${p.merged} was undone.`,
  },
  'services.case-back': {
    about: 'A merge was undone; told of the case that came back.',
    id: (p) => `Dipisahkan lagi dari kasus ${p.from}.`,
    en: (p) => `Parted again from case ${p.from}.`,
  },
  'services.duplicate-ruled-out': {
    about: 'Somebody looked at two cases that seemed to be of one person: they are not.',
    id: (p) => `Bukan orang yang sama dengan kasus ${p.other}.`,
    en: (p) => `Not the same person as in case ${p.other}.`,
  },
  'services.report-held': {
    about:
      'A report from the field came for a role, a case or a service that the person no longer has; it waits for a decision.',
    id: (p) => `Laporan lapangan ditahan untuk diputuskan (${p.reason}, peran ${p.role}).`,
    en: (p) => `A report from the field is held for a decision (${p.reason}, role ${p.role}).`,
  },
  'services.held-report-taken': {
    about: 'The local admin took in a report from the field that was held.',
    id: (p) => `Laporan lapangan yang ditahan diterima menjadi kasus ${p.number}.`,
    en: (p) => `A held report from the field was taken in as case ${p.number}.`,
  },
  'services.held-report-refused': {
    about: 'The local admin refused a report from the field that was held; its content is gone.',
    id: () => 'Laporan lapangan yang ditahan ditolak; isinya dihapus.',
    en: () => 'A held report from the field was refused; its content is gone.',
  },
  'services.service-rated': {
    about: 'Somebody who was served said what they think of it; what they said does not stand here.',
    id: () => 'Penilaian layanan diterima.',
    en: () => 'The service was rated.',
  },
  'services.heard': {
    about: 'A service heard what another one of the agency told, and opened or moved a case.',
    id: (p) => `Mendengar ${p.event} dari layanan lain.`,
    en: (p) => `Heard ${p.event} from another service.`,
  },
}
