export const id = {
  lineageTitle: 'Silsilah: {name}',
  lineageHint:
    'Dari siapa masing-masing memperolehnya. Yang berjalan di sini dibaca dari transaksi; selebihnya menurut sumber yang disebut.',
  lineageList: 'Silsilah sebagai daftar',
  lineagePicture: 'Pohon silsilah: {n} pelaksana, dimulai dari {root}.',
  lineageAlone: 'Belum ada yang mereplikasinya.',
  lineageFrom: 'dari pemasangan lain, {from}',
  lineageSource: 'menurut {source}',
  farHead: 'Di pemasangan lain',
  farHint: 'Menurut laporan bertanda tangan dari pemasangan itu; tanpa data pribadi.',
  farFrom: 'Pemasangan',
  linesHead: 'Silsilah yang diberitakan',
  linesLead: 'Inovasi yang menurut sumber umum telah ditiru, sebelum ada paket yang dapat dipasang.',
}
export const en: typeof id = {
  lineageTitle: 'Lineage: {name}',
  lineageHint:
    'From whom each has it. What runs here is read from transactions; the rest is by the source that is named.',
  lineageList: 'The lineage as a list',
  lineagePicture: 'Lineage as a tree: {n} in all, beginning with {root}.',
  lineageAlone: 'Nobody has replicated it yet.',
  lineageFrom: 'from another installation, {from}',
  lineageSource: 'by {source}',
  farHead: 'In other installations',
  farHint: 'By signed reports of that installation; without personal data.',
  farFrom: 'Installation',
  linesHead: 'Lineage told by public sources',
  linesLead: 'Innovations that were copied, as public sources say, before there was a package to install.',
}
