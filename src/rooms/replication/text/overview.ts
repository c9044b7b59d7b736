export const id = {
  overviewTitle: 'Ikhtisar replikasi',
  overviewHub: 'Ikhtisar replikasi: {hub}',
  overviewLead:
    'Setiap instansi dan unit yang menjalankan atau mereplikasi inovasi, dengan tahap yang dibaca dari transaksi.',
  overviewNone: 'Belum ada yang menjalankan atau mereplikasi inovasi di sini.',
  overviewCsv: 'Unduh CSV',
  overviewAll: 'Pelaksana dan pereplikasi',
  overviewStages: 'Menurut tahap',
  overviewOwn: 'Replikasi instansi Anda',
  overviewCheck: 'Periksa sertifikat',
  certified: 'Bersertifikat',
}
export const en: typeof id = {
  overviewTitle: 'Overview of replication',
  overviewHub: 'Overview of replication: {hub}',
  overviewLead: 'Every agency and unit that runs or replicates an innovation, with the stage read from transactions.',
  overviewNone: 'Nobody runs or replicates an innovation here yet.',
  overviewCsv: 'Download as CSV',
  overviewAll: 'Run or replicated by',
  overviewStages: 'By stage',
  overviewOwn: 'Replications of your agency',
  overviewCheck: 'Check a certificate',
  certified: 'Certified',
}
