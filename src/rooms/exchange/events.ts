import type { EventCatalogue } from '#platform/events.ts'

/** Every event this room tells. */
export const events: EventCatalogue = {
  'exchange.package-offered': {
    about: 'An agency lets other installations adopt a package that it runs.',
    id: (p) => `Paket ${p.package} ditawarkan ke pemasangan lain.`,
    en: (p) => `Package ${p.package} is offered to other installations.`,
  },
  'exchange.offer-ended': {
    about: 'An agency took such an offer back.',
    id: (p) => `Tawaran paket ${p.package} ditarik.`,
    en: (p) => `The offer of package ${p.package} was taken back.`,
  },
  'exchange.peer-subscribed': {
    about:
      'A national admin compared the key of another installation; its catalogue is read from now on and its seal is trusted.',
    id: (p) => `Berlangganan katalog ${p.name} (${p.address}), sidik jari ${p.fingerprint}.`,
    en: (p) => `Subscribed to the catalogue of ${p.name} (${p.address}), fingerprint ${p.fingerprint}.`,
  },
  'exchange.subscription-ended': {
    about: 'The catalogue of another installation is no longer read.',
    id: (p) => `Langganan katalog ${p.name} dihentikan.`,
    en: (p) => `The subscription to ${p.name} was ended.`,
  },
  'exchange.peer-confirmed': {
    about: 'A national admin compared the key of an installation that reports to us and cannot be reached.',
    id: (p) => `Kunci ${p.name} dibandingkan dan diterima.`,
    en: (p) => `The key of ${p.name} was compared and accepted.`,
  },
  'exchange.peer-verified': {
    about: 'The key with which an installation reports to us was found at its own address.',
    id: (p) => `Kunci ${p.name} ditemukan di alamatnya.`,
    en: (p) => `The key of ${p.name} was found at its address.`,
  },
  'exchange.catalogue-taken': {
    about: 'A newer edition of another installation’s catalogue was verified and kept.',
    id: (p) => `Katalog ${p.name} nomor ${p.sequence} diterima.`,
    en: (p) => `Edition ${p.sequence} of the catalogue of ${p.name} was taken.`,
  },
  'exchange.catalogue-refused': {
    about: 'What answered at the address of another installation is not to be believed; what we had from it stays.',
    id: (p) => `Katalog ${p.name} ditolak: ${p.rule}.`,
    en: (p) => `The catalogue of ${p.name} was refused: ${p.rule}.`,
  },
  'exchange.package-adopted': {
    about: 'An agency installed a package from another installation; its example cases had come out as they should.',
    id: (p) => `Paket ${p.package} versi ${p.version} diadopsi dari ${p.from}.`,
    en: (p) => `Package ${p.package} version ${p.version} was adopted from ${p.from}.`,
  },
  'exchange.report-made': {
    about: 'A heartbeat of an adopted service was signed and put into the outbox.',
    id: (p) => `Kabar nomor ${p.sequence} untuk pemasangan asal disiapkan: ${p.stage}.`,
    en: (p) => `Report ${p.sequence} for the original installation was made: ${p.stage}.`,
  },
  'exchange.heartbeat-received': {
    about: 'A service in another installation reported how far it is with a package of ours.',
    id: (p) => `Kabar dari ${p.agency}: ${p.package} versi ${p.version}, ${p.stage}.`,
    en: (p) => `News of ${p.agency}: ${p.package} version ${p.version}, ${p.stage}.`,
  },
}
