export const id = {
  elsewhereHead: 'Dari pemasangan lain',
  elsewhereFrom: 'Pemasangan',
  elsewhereNewer: '{version}, lebih baru',
}
export const en: typeof id = {
  elsewhereHead: 'From other installations',
  elsewhereFrom: 'Installation',
  elsewhereNewer: '{version}, newer',
}
