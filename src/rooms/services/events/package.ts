import type { EventCatalogue } from '#platform/events.ts'

/** What an agency does with a package: install, change, improve, write, retire. */
export const packageEvents: EventCatalogue = {
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
  'services.publisher-trusted': {
    about: 'The key of a publishing agency was put on the list of those whose packages may be installed.',
    id: (p) => `Kunci penerbit ${p.name} dipercaya.`,
    en: (p) => `The key of the publisher ${p.name} is trusted.`,
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
}
