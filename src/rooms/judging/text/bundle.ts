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
  recomputeHere: 'Hitung ulang di peramban ini',
  recomputeHereHint:
    'Unduh berkasnya, lalu pilih di sini. Perhitungannya sama dengan perintah di bawah dan berjalan di perangkat Anda; tidak ada yang dikirim.',
  recomputeChoose: 'Berkas hitung ulang (JSON)',
  recomputeNeedsScript: 'Menghitung di peramban memerlukan JavaScript. Tanpa itu, pakai perintah di bawah ini.',
  recomputeWorking: 'Menghitung…',
  recomputeSame: 'Peringkatnya sama, bita demi bita.',
  recomputeOther: 'BUKAN peringkat yang diumumkan: hasil hitungan ini lain dari yang tertulis dalam berkas.',
  recomputePublished: 'Berkas ini sama dengan yang diterbitkan di halaman ini.',
  recomputeNotPublished: 'Berkas ini tidak sama dengan yang diterbitkan di halaman ini.',
  recomputeFirst: 'Sepuluh teratas menurut kode',
  'recompute-not-a-bundle': 'Berkas ini bukan berkas hitung ulang.',
  'recompute-other-engine': 'Berkas ini dibuat dengan versi perhitungan lain. Pakai kode sumber dari tahunnya.',
  'recompute-rule-changed': 'Aturan dalam berkas ini bukan yang sidik jarinya diumumkan sebelum pembacaan.',
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
  recomputeHere: 'Recompute in this browser',
  recomputeHereHint:
    'Download the bundle, then choose it here. The calculation is that of the command below and runs on your device; nothing is sent.',
  recomputeChoose: 'Bundle (JSON)',
  recomputeNeedsScript: 'To compute in the browser needs JavaScript. Without it, use the command below.',
  recomputeWorking: 'Computing…',
  recomputeSame: 'The same ranking, byte for byte.',
  recomputeOther: 'NOT the published ranking: the result differs from what the bundle says.',
  recomputePublished: 'This is the bundle published on this page.',
  recomputeNotPublished: 'This is not the bundle published on this page.',
  recomputeFirst: 'The first ten, by their codes',
  'recompute-not-a-bundle': 'This file is not a bundle for recomputing.',
  'recompute-other-engine': 'This bundle was made by another version of the calculation. Use the source of its year.',
  'recompute-rule-changed': 'The rule in this bundle is not the one whose hash was published before reading.',
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
