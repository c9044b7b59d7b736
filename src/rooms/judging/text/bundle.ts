export const id = {
  recomputeTitle: 'Hitung ulang peringkat {round}',
  recomputeLead:
    'Siapa pun dapat menghitung ulang peringkat dari nilai yang sudah disamarkan, dan hasilnya harus sama sampai bita terakhir.',
  recomputeNone: 'Berkas hitung ulang putaran ini belum diterbitkan.',
  recomputeFile: 'Unduh berkas (JSON)',
  recomputeHash: 'SHA-256 berkas',
  recomputeRuleHash: 'SHA-256 aturan, diumumkan sebelum penilaian dimulai',
  recomputeResultHash: 'SHA-256 peringkat',
  recomputeWhen: 'Diterbitkan',
  recomputeHow: 'Cara menghitung ulang',
  recomputeStep1: 'Unduh berkasnya dan kode sumber Melayani.',
  recomputeStep2:
    'Jalankan perintah ini. Peringkatnya tercetak, dan perintah mengatakan apakah sama dengan yang diumumkan.',
  recomputeStep3: 'Atau periksa hanya berkasnya: jumlah SHA-256 yang tercetak harus sama dengan yang di atas.',
  recomputeWhat:
    'Di dalam berkas: aturan, versi perhitungan, dan nilai tiap lembar dengan kode undian. Nama usulan, instansi, dan evaluator tidak ada di dalamnya. Pemilik usulan menemukan kodenya di surat umpan balik.',
  publishBundleDo: 'Terbitkan berkas hitung ulang',
  bundlePublished: 'Berkas hitung ulang diterbitkan.',
  'bundle-there': 'Berkas hitung ulang sudah diterbitkan.',
  'bundle-differs':
    'Perhitungan ulang tidak sama dengan peringkat yang disimpan. Berkas tidak diterbitkan; hubungi pengembang.',
}

export const en: typeof id = {
  recomputeTitle: 'Recompute the ranking of {round}',
  recomputeLead:
    'Anybody can recompute the ranking from the anonymised scores, and the result must be the same to the last byte.',
  recomputeNone: 'The bundle of this round is not published yet.',
  recomputeFile: 'Download the bundle (JSON)',
  recomputeHash: 'SHA-256 of the bundle',
  recomputeRuleHash: 'SHA-256 of the rule, published before reading began',
  recomputeResultHash: 'SHA-256 of the ranking',
  recomputeWhen: 'Published',
  recomputeHow: 'How to recompute',
  recomputeStep1: 'Download the bundle and the source of Melayani.',
  recomputeStep2: 'Run this command. It prints the ranking and says whether it is the published one.',
  recomputeStep3: 'Or check the file alone: the SHA-256 that is printed must be the one above.',
  recomputeWhat:
    'In the bundle: the rule, the versions of the calculation, and the points of every sheet under codes drawn by lot. No names of entries, agencies or evaluators are in it. Owners find their code in the feedback letter.',
  publishBundleDo: 'Publish the bundle',
  bundlePublished: 'The bundle is published.',
  'bundle-there': 'The bundle is published already.',
  'bundle-differs':
    'The recomputation is not the ranking that was kept. The bundle is not published; call the developers.',
}
