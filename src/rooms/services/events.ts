import type { EventCatalogue } from '#platform/events.ts'
import { say } from './domain/held.ts'

const named = (words: unknown, lang: string): string =>
  words && typeof words === 'object' && Object.keys(words).length > 0
    ? say(words as Record<string, string>, lang)
    : String(words)
const by = (p: Record<string, unknown>, lang: 'id' | 'en') =>
  p.role === 'system'
    ? lang === 'id'
      ? 'dengan sendirinya'
      : 'by itself'
    : `${lang === 'id' ? 'oleh' : 'by'} ${named(p.roleNames, lang)}`

/** Every event this room tells. No value of a case stands in one. */
export const events: EventCatalogue = {
  'services.package-installed': {
    about: 'An agency installed a version of a package; its example cases had come out as they should.',
    id: (p) => `Paket ${p.package} versi ${p.version} dipasang.`,
    en: (p) => `Package ${p.package} version ${p.version} was installed.`,
  },
  'services.setting-changed': {
    about: 'An agency changed local settings of a package.',
    id: (p) => `Pengaturan ${p.package} diubah: ${p.changed}.`,
    en: (p) => `Settings of ${p.package} were changed: ${p.changed}.`,
  },
  'services.role-given': {
    about: 'Somebody was given a role of a package.',
    id: (p) => `Peran ${p.role} diberikan${p.area ? ` untuk wilayah ${p.area}` : ''}.`,
    en: (p) => `The role ${p.role} was given${p.area ? ` for the area ${p.area}` : ''}.`,
  },
  'services.role-ended': {
    about: 'A role of a package ended.',
    id: (p) => `Peran ${p.role} diakhiri.`,
    en: (p) => `The role ${p.role} ended.`,
  },
  'services.publisher-trusted': {
    about: 'The key of a publishing agency was put on the list of those whose packages may be installed.',
    id: (p) => `Kunci penerbit ${p.name} dipercaya.`,
    en: (p) => `The key of the publisher ${p.name} is trusted.`,
  },
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
  'services.local-version-installed': {
    about:
      'An agency changed a package that it runs and installed it as a local version; its example cases had come out as they should.',
    id: (p) => `Versi lokal ${p.version} paket ${p.package} dipasang.`,
    en: (p) => `The local version ${p.version} of the package ${p.package} was installed.`,
  },
  'services.upgrade-begun': {
    about: 'An agency looks at a newer version of a package that it runs; nothing runs by it yet.',
    id: (p) => `Peningkatan paket ${p.package} ke versi ${p.version} mulai disiapkan.`,
    en: (p) => `An upgrade of the package ${p.package} to version ${p.version} is being prepared.`,
  },
  'services.upgrade-decided': {
    about: 'It was decided which side holds where both changed the same.',
    id: (p) => `${p.given} pilihan untuk versi ${p.version} disimpan.`,
    en: (p) => `${p.given} choices for version ${p.version} were saved.`,
    title: { id: 'Pilihan untuk versi baru disimpan', en: 'Choices for a new version were saved' },
  },
  'services.upgrade-dropped': {
    about: 'The preparation of an upgrade was dropped; what ran goes on.',
    id: (p) => `Persiapan peningkatan ke versi ${p.version} dihentikan.`,
    en: (p) => `The preparation of an upgrade to version ${p.version} was dropped.`,
  },
  'services.package-upgraded': {
    about: 'New cases of a service run by a newer version, merged with what the agency had changed.',
    id: (p) => `Paket ${p.package} ditingkatkan dari versi ${p.from} ke ${p.version}.`,
    en: (p) => `The package ${p.package} was upgraded from version ${p.from} to ${p.version}.`,
  },
  'services.upgrade-undone': {
    about: 'What ran before a change of version was put back, with the settings of then.',
    id: (p) => `Paket ${p.package} dikembalikan dari versi ${p.from} ke ${p.version}.`,
    en: (p) => `The package ${p.package} was put back from version ${p.from} to ${p.version}.`,
  },
  'services.improvement-offered': {
    about: 'An agency offered what it changed in a package to the agency from which the package comes.',
    id: (p) => `Perubahan ${p.version} paket ${p.package} ditawarkan kepada instansi asalnya.`,
    en: (p) => `The changes of ${p.version} of the package ${p.package} were offered to the agency of its origin.`,
  },
  'services.improvement-received': {
    about: 'The agency from which a package comes was offered an improvement; told of the offer.',
    id: (p) => `${p.from} menawarkan perbaikan paket ${p.package} (${p.version}).`,
    en: (p) => `${p.from} offered an improvement of the package ${p.package} (${p.version}).`,
  },
  'services.improvement-adopted': {
    about: 'An improvement was taken over into a new version, with credit to whoever made it.',
    id: (p) => `Perbaikan dari ${p.from} diterima ke versi ${p.version} paket ${p.package}.`,
    en: (p) => `The improvement of ${p.from} was taken over into version ${p.version} of the package ${p.package}.`,
  },
  'services.improvement-declined': {
    about: 'An improvement was not taken over; the agency that offered it can read why.',
    id: (p) => `Perbaikan dari ${p.from} (${p.version}) tidak diterima.`,
    en: (p) => `The improvement of ${p.from} (${p.version}) was declined.`,
  },
  'services.improvement-answered': {
    about: 'The agency of the origin answered an offered improvement; told of the service that made it.',
    id: (p) =>
      `${p.by} ${p.answer === 'adopted' ? 'menerima' : 'tidak menerima'} perbaikan paket ${p.package} (${p.version}).`,
    en: (p) =>
      `${p.by} ${p.answer === 'adopted' ? 'adopted' : 'declined'} the improvement of the package ${p.package} (${p.version}).`,
    title: { id: 'Perbaikan yang ditawarkan dijawab', en: 'An offered improvement was answered' },
  },
  'services.figures-published': {
    about: 'The public figures of a service as of a day were published for ever, by their hash.',
    id: (p) => `Angka ${p.package} per ${p.day} diterbitkan (SHA-256 ${String(p.hash).slice(0, 12)}…).`,
    en: (p) => `The figures of ${p.package} as of ${p.day} were published (SHA-256 ${String(p.hash).slice(0, 12)}…).`,
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
  'services.draft-started': {
    about: 'An agency began to write a package in the studio.',
    id: (p) => `Rancangan paket “${p.title}” dimulai.`,
    en: (p) => `The draft package “${p.title}” was begun.`,
  },
  'services.draft-saved': {
    about: 'A draft package was saved: which documents changed, or to which revision it went back.',
    id: (p) =>
      p.undo ? `Rancangan kembali ke simpanan ${p.undo}.` : `Rancangan disimpan (${p.revision}): ${p.documents}.`,
    en: (p) =>
      p.undo ? `The draft went back to save ${p.undo}.` : `The draft was saved (${p.revision}): ${p.documents}.`,
    title: { id: 'Rancangan disimpan', en: 'The draft was saved' },
  },
  'services.draft-tried': {
    about: 'Somebody played a step with a draft package and made-up persons.',
    id: (p) => `Rancangan dicoba, langkah ${p.steps}.`,
    en: (p) => `The draft was tried, step ${p.steps}.`,
  },
  'services.draft-published': {
    about: 'A version of a draft package was published; its example cases had come out as they should.',
    id: (p) => `Paket ${p.package} versi ${p.version} diterbitkan.`,
    en: (p) => `Version ${p.version} of the package ${p.package} was published.`,
  },
  'services.draft-dropped': {
    about: 'A draft package was put away.',
    id: (p) => `Rancangan “${p.title}” disingkirkan.`,
    en: (p) => `The draft “${p.title}” was put away.`,
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
  'services.service-retired': {
    about: 'A service takes no new cases; those that are open go on.',
    id: () => 'Layanan tidak menerima kasus baru.',
    en: () => 'The service takes no new cases.',
  },
  'services.service-reopened': {
    about: 'A retired service takes new cases again.',
    id: () => 'Layanan menerima kasus baru lagi.',
    en: () => 'The service takes new cases again.',
  },
  'services.message-heard': {
    about: 'A gateway brought a message of somebody. Neither the number nor the text stands here.',
    id: (p) => `Pesan masuk lewat ${p.gateway}.`,
    en: (p) => `A message came in by ${p.gateway}.`,
  },
  'services.gateway-opened': {
    about: 'A gateway may bring messages of citizens for a service.',
    id: (p) => `Gerbang pesan ${p.name} dibuka.`,
    en: (p) => `The message gateway ${p.name} was opened.`,
  },
  'services.gateway-closed': {
    about: 'A gateway brings no messages any more.',
    id: (p) => `Gerbang pesan ${p.name} ditutup.`,
    en: (p) => `The message gateway ${p.name} was closed.`,
  },
  'services.link-made': {
    about: 'A short address for the public form of a service was made.',
    id: (p) => `Tautan pendek ${p.label} dibuat.`,
    en: (p) => `The short link ${p.label} was made.`,
  },
  'services.link-revoked': {
    about: 'A short address leads nowhere any more.',
    id: (p) => `Tautan pendek ${p.label} dicabut.`,
    en: (p) => `The short link ${p.label} was revoked.`,
  },
  'services.account-made': {
    about: 'A program was given a token for the API, in one role of one service.',
    id: (p) => `Akun API ${p.name} dibuat untuk peran ${p.role}.`,
    en: (p) => `The API account ${p.name} was made for the role ${p.role}.`,
  },
  'services.account-revoked': {
    about: 'The token of a program holds no more.',
    id: (p) => `Akun API ${p.name} dicabut.`,
    en: (p) => `The API account ${p.name} was revoked.`,
  },
  'services.service-rated': {
    about: 'Somebody who was served said what they think of it; what they said does not stand here.',
    id: () => 'Penilaian layanan diterima.',
    en: () => 'The service was rated.',
  },
  'services.hook-made': {
    about: 'An address of the agency is told of events of its services.',
    id: (p) => `Pemberitahuan ke ${p.host} dibuat.`,
    en: (p) => `Notifications to ${p.host} were set up.`,
  },
  'services.hook-ended': {
    about: 'An address is told of nothing any more.',
    id: (p) => `Pemberitahuan ke ${p.host} diakhiri.`,
    en: (p) => `Notifications to ${p.host} ended.`,
  },
  'services.hook-secret-changed': {
    about: 'The secret by which an address knows us was changed; for a day both sign.',
    id: (p) => `Rahasia untuk ${p.host} diganti.`,
    en: (p) => `The secret for ${p.host} was changed.`,
  },
  'services.delivery-retried': {
    about: 'A notification that had been given up is sent again.',
    id: (p) => `Pemberitahuan ${p.name} dikirim lagi.`,
    en: (p) => `The notification ${p.name} is sent again.`,
  },
  'services.contact-kept': {
    about:
      'Somebody said on which number she wants the messages to her roles, or that she wants none. The number does not stand here.',
    id: (p) => (p.given ? 'Nomor untuk pesan peran disimpan.' : 'Nomor untuk pesan peran dihapus.'),
    en: (p) => (p.given ? 'A number for messages to roles was kept.' : 'The number for messages to roles was removed.'),
    title: { id: 'Nomor untuk pesan peran', en: 'Number for messages to roles' },
  },
  'services.heard': {
    about: 'A service heard what another one of the agency told, and opened or moved a case.',
    id: (p) => `Mendengar ${p.event} dari layanan lain.`,
    en: (p) => `Heard ${p.event} from another service.`,
  },
  'services.area-handed-over': {
    about: 'An area of a role went from one person to another, with everything that waited in it.',
    id: (p) => `Wilayah ${p.area || 'seluruhnya'} peran ${p.role} dialihkan; ${p.cases} kasus terbuka ikut.`,
    en: (p) => `The area ${p.area || '(all)'} of the role ${p.role} was handed over; ${p.cases} open cases went along.`,
  },
  'services.post-set': {
    about: 'How many open cases somebody takes, and from where she sets out, was set.',
    id: (p) => `Kapasitas atau tempat peran ${p.role} diatur.`,
    en: (p) => `The capacity or place of the role ${p.role} was set.`,
  },
  'services.case-offered': {
    about: 'A case was offered to one person of a role.',
    id: (p) => `Ditawarkan kepada seorang ${named(p.roleNames, 'id')}.`,
    en: (p) => `Offered to one ${named(p.roleNames, 'en')}.`,
  },
  'services.offer-answered': {
    about: 'Whom a case was offered to took it, declined, or did not answer in time; then the next is asked.',
    id: (p) =>
      `Tawaran kepada ${named(p.roleNames, 'id')} ${p.answer === 'accepted' ? 'diterima' : p.answer === 'declined' ? 'ditolak' : 'tidak dijawab'}.`,
    en: (p) =>
      `The offer to a ${named(p.roleNames, 'en')} was ${p.answer === 'accepted' ? 'accepted' : p.answer === 'declined' ? 'declined' : 'not answered'}.`,
    title: { id: 'Tawaran dijawab', en: 'An offer was answered' },
  },
}
