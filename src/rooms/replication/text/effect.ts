export const id = {
  effectNone: 'Belum ada yang menerbitkan angka. Angka terbit dari halaman layanan masing-masing.',
  effectHint:
    'Angka yang diterbitkan tiap pelaksana dari kasusnya sendiri. Kelompok kecil disembunyikan, dan tidak dapat dihitung dari selisih. Perbedaan tidak selalu berarti lebih baik: keadaan tiap tempat berlainan.',
  indicator: 'Indikator',
  effectHidden: 'disembunyikan',
  effectEmpty: 'belum ada',
  effectN: '{value} (n = {n})',
  'better-more': 'lebih besar lebih baik',
  'better-less': 'lebih kecil lebih baik',
  'better-neither': '',
  effectSources: 'Asal angka',
  effectSource: '{name}: per {day}, paket versi {version}',
  galleryFigures: 'Angka dari layanan pemilik per {day}',
}
export const en: typeof id = {
  effectNone: 'Nobody has published figures yet. They are published from the page of each service.',
  effectHint:
    'Figures that each published from its own cases. Small groups are hidden and cannot be worked out by subtraction. A difference does not always mean better: places differ.',
  indicator: 'Indicator',
  effectHidden: 'hidden',
  effectEmpty: 'none yet',
  effectN: '{value} (n = {n})',
  'better-more': 'more is better',
  'better-less': 'less is better',
  'better-neither': '',
  effectSources: 'Where the figures come from',
  effectSource: '{name}: as of {day}, package version {version}',
  galleryFigures: 'Figures of the owner’s service as of {day}',
}
