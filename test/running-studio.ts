import type { Client } from '../src/demo/client.ts'
import { done } from '../src/demo/story.ts'

/**
 * A draft in the studio of an agency: a shipped package in both languages, copied, with something wrong in it, another that
 * is right, tried and published. Returns the addresses of its pages.
 */
export async function playStudio(admin: Client, agency: string): Promise<string[]> {
  const copy = async () =>
    (await done(admin.post(`/services/studio/agencies/${agency}/copies/laskar-penjaja-sayur`), 'a copy')).headers.get(
      'location',
    )!
  const right = await copy()
  const report = {
    desa: '3510202001',
    rt: '003',
    izin_ibu: 'ya_data_saja',
    nama_panggilan: 'Sari',
    hp: '081234567890',
    sudah_periksa: 'tidak',
    'tanda[]': ['pucat'],
    'tanda_bahaya[]': ['tidak_ada'],
  }
  await done(admin.post(`${right}/try/moves/kehamilan.laskar.lapor`, report), 'a trial')
  await done(admin.post(`${right}/try/time`, { until: 'next' }), 'time in a trial')
  await done(admin.post(`${right}/publish`, { version: '1.0.0', revision: '1' }), 'a version')
  const wrong = await copy()
  const role = 'roles:\n  - { id: laskar, names: { id: Penjaja sayur, en: Seller }, reach: own, sees: [open] }\n'
  await done(admin.post(`${wrong}/documents/roles/text`, { text: role, revision: '1' }), 'a draft with faults')
  return [
    '/services/studio',
    ...[right, wrong].flatMap((draft) =>
      ['', '/try', '/examples', '/publish', '/saves', '/documents/flows.kehamilan', '/documents/forms.laporan'].map(
        (page) => draft + page,
      ),
    ),
    `${right}/try/moves/kehamilan.bidan.hubungi`,
    `${right}/examples/ganda`,
    ...[
      'rules.kriteria/parts/versions.0',
      'rules.kspr/parts/versions.0',
      'flows.kehamilan/parts/moves.0',
      'flows.kehamilan/parts/limits.0',
      'messages/parts/messages.0',
      'examples.ganda/parts/steps.0',
      'roles/text',
    ].map((part) => `${right}/documents/${part}`),
  ]
}
