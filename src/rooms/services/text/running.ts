export const id = {
  'unit-unknown': 'Unit ini bukan milik instansi Anda.',
  forUnit: 'Unit yang menjalankan',
  forUnitHint: 'Dua unit dalam satu instansi dapat menjalankan paket yang sama, masing-masing sendiri.',
  wholeAgency: 'Seluruh instansi',
}
export const en: typeof id = {
  'unit-unknown': 'This unit is not one of your agency.',
  forUnit: 'Unit that runs it',
  forUnitHint: 'Two units of one agency can run the same package, each on its own.',
  wholeAgency: 'The whole agency',
}
