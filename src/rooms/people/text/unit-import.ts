export const id = {
  importUnits: 'Impor UPP',
  importUnitsLead:
    'Satu baris untuk satu orang dari satu UPP. Tidak ada yang tersimpan sebelum Anda menyetujui hasil pemeriksaan.',
  importUnitsHint:
    'Kolom: unit, nama, surel. Nama dan surel boleh kosong; bila diisi, orang itu diundang lewat surel. UPP dengan beberapa orang ditulis dalam beberapa baris.',
  importUnitsNew: 'UPP baru',
  importPeopleKnown: 'Orang yang sudah terdaftar atau diundang, dilewati',
  importUnitsConfirm: 'Impor {units} UPP dan undang {people} orang',
  importedUnits: '{units} UPP sudah diimpor; {people} orang diundang lewat surel.',
  'import-nothing-new': 'Semua UPP dan orang dalam berkas sudah terdaftar. Tidak ada yang perlu diimpor.',
  'row-person-half': 'Isi nama dan surel, atau kosongkan keduanya.',
  'row-person-twice': 'Orang ini sudah ada di baris {with} untuk UPP yang sama.',
}

export const en: typeof id = {
  importUnits: 'Import units',
  importUnitsLead: 'One row for one person of one unit. Nothing is saved before you agree to what the check found.',
  importUnitsHint:
    'Columns: unit, nama, surel. Name and address may be empty; if given, that person is invited by e-mail. A unit with several people takes several rows.',
  importUnitsNew: 'New units',
  importPeopleKnown: 'People registered or invited already, skipped',
  importUnitsConfirm: 'Import {units} units and invite {people} people',
  importedUnits: '{units} units are imported; {people} people are invited by e-mail.',
  'import-nothing-new': 'Every unit and person in the file is registered. There is nothing to import.',
  'row-person-half': 'Give both name and address, or neither.',
  'row-person-twice': 'This person stands in row {with} for the same unit already.',
}
