import type { Documents } from './documents.ts'

export type Begun = { id: string; name: string; agency: string; region: string | null }

/**
 * The smallest package that can do something: somebody asks, an officer finishes it within three working days. Whoever
 * starts from nothing has something that runs, and changes it. `fields`: questions that she has brought.
 */
export function emptyPackage({ id, name, agency, region }: Begun, fields: readonly unknown[] = []): Documents {
  const own = (text: string) => ({ id: text })
  const asked =
    fields.length > 0
      ? fields
      : [
          {
            id: 'keterangan',
            type: 'text',
            max: 300,
            privacy: 'open',
            required: true,
            label: own('Apa yang Anda perlukan?'),
          },
        ]
  return {
    package: {
      format: 'melayani.package/1',
      id,
      version: '1.0.0',
      names: own(name),
      summary: own(`${name}: warga mengajukan, petugas menyelesaikan.`),
      languages: ['id'],
      licence: 'CC-BY-4.0',
      origin: {
        innovation: name,
        agency,
        ...(region ? { region } : {}),
        fidelity: own('Ditulis oleh instansi ini di studio.'),
      },
      standard: {
        requirements: own('Tidak ada.'),
        procedure: own('Warga mengajukan; petugas memeriksa dan menyelesaikan.'),
        duration: own('3 hari kerja.'),
        fee: own('Gratis.'),
        product: own(name),
        complaints: own('Di kantor instansi atau SP4N-LAPOR!.'),
      },
      main: 'permohonan',
    },
    roles: {
      roles: [
        { id: 'warga', names: own('Warga'), reach: 'own', sees: ['open', 'personal'], public: true },
        { id: 'petugas', names: own('Petugas'), reach: 'area', sees: ['open', 'personal'] },
      ],
    },
    calendars: { calendars: [{ id: 'kantor', names: own('Hari kerja'), kind: 'working' }] },
    'forms/permohonan': { id: 'permohonan', names: own('Permohonan'), fields: asked },
    'flows/permohonan': {
      id: 'permohonan',
      names: own(name),
      states: [
        { id: 'masuk', kind: 'open', names: own('Masuk') },
        { id: 'selesai', kind: 'final', names: own('Selesai') },
      ],
      tasks: [{ id: 'kerjakan', label: own('Selesaikan permohonan') }],
      moves: [
        {
          id: 'ajukan',
          names: own('Ajukan'),
          from: 'new',
          to: 'masuk',
          roles: ['warga'],
          form: 'permohonan',
          effects: [{ task: 'kerjakan', for: 'petugas' }],
        },
        { id: 'selesaikan', names: own('Selesaikan'), from: ['masuk'], to: 'selesai', roles: ['petugas'] },
      ],
      limits: [
        {
          id: 'janji',
          names: own('Janji layanan'),
          in: ['masuk'],
          calendar: 'kantor',
          time: [{ amount: 3, unit: 'working_days' }],
          steps: [{ at: 100, task: 'kerjakan', for: 'petugas' }],
        },
      ],
    },
  }
}

/** `id.banyuwangi.lampu-jalan` from the names of the agency and the package. */
export function addressFrom(agency: string, name: string): string {
  const word = (text: string) =>
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\b(?:pemerintah|kabupaten|kota|provinsi|kementerian|dinas)\b/g, ' ')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[-\d]+|-+$/g, '')
      .slice(0, 40)
      .replace(/-+$/, '')
  return `id.${word(agency) || 'instansi'}.${word(name) || 'layanan'}`
}
