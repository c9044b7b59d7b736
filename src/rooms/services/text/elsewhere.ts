export const id = {
  elsewhereHead: 'Dari pemasangan lain',
  exchangeShort: 'Pertukaran paket',
  elsewhereAll: 'Pertukaran paket dengan pemasangan lain',
  elsewhereFrom: 'Pemasangan',
  elsewhereNewer: '{version}, lebih baru',
}
export const en: typeof id = {
  elsewhereHead: 'From other installations',
  exchangeShort: 'Exchange of packages',
  elsewhereAll: 'Exchange of packages with other installations',
  elsewhereFrom: 'Installation',
  elsewhereNewer: '{version}, newer',
}
