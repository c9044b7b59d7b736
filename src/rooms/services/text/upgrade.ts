/** Words of local versions, upgrades and improvements. */
export const id = {
  'base-unknown': 'Perubahan ini dibuat dari versi yang tidak pernah dipasang di sini.',
  'base-moved': 'Sementara Anda mengubah paket, versi lain dipasang. Gabungkan perubahan Anda dengan versi itu.',
  'origin-changed': 'Nama, asal, lisensi, dan kontributor paket tidak dapat diubah dalam versi lokal.',
  'nothing-changed': 'Tidak ada yang berubah dibandingkan versi yang sudah ada.',
  'local-changes':
    'Anda menjalankan versi yang Anda ubah sendiri. Buka halaman peningkatan, supaya perubahan Anda ikut ke versi baru.',
}
export const en: typeof id = {
  'base-unknown': 'This change was made from a version that was never installed here.',
  'base-moved': 'While you changed the package, another version was installed. Merge your changes with it.',
  'origin-changed': 'Name, origin, licence and contributors of a package cannot be changed in a local version.',
  'nothing-changed': 'Nothing differs from the version that is there.',
  'local-changes':
    'You run a version that you changed yourself. Open the upgrade page, so that your changes go along to the new version.',
}
