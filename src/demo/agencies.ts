import type { AgencyKind } from '#people'

/** Who owns an innovation, as agency and unit of the demo. `region` is a name as Kemendagri writes it, or null. */
export type Owner = { agency: string; kind: AgencyKind; region: string | null; unit: string }

const kinds: Record<string, AgencyKind> = { Kota: 'city', Kabupaten: 'regency', Provinsi: 'province' }
const local = (word: string, name: string, unit: string): Owner => ({
  agency: `Pemerintah ${word} ${name}`,
  kind: kinds[word]!,
  region: word === 'Provinsi' ? name : `${word} ${name}`,
  unit,
})
const police = (unit: string): Owner => ({
  agency: 'Kepolisian Negara Republik Indonesia',
  kind: 'institution',
  region: null,
  unit,
})
const ministry = (agency: string, unit: string): Owner => ({ agency, kind: 'ministry', region: null, unit })
const institution = (agency: string, unit = 'Unit pelayanan pusat'): Owner => ({
  agency,
  kind: 'institution',
  region: null,
  unit,
})

const yogyakarta = 'Daerah Istimewa Yogyakarta'

/** Texts of the sources that name an owner in a way no rule can read. */
const special: Record<string, Owner> = {
  'Pemerintah Aceh': { agency: 'Pemerintah Aceh', kind: 'province', region: 'Aceh', unit: 'Sekretariat Daerah' },
  'Dinas Registrasi Kependudukan Aceh': {
    agency: 'Pemerintah Aceh',
    kind: 'province',
    region: 'Aceh',
    unit: 'Dinas Registrasi Kependudukan',
  },
  'Direktorat Polisi Perairan, Polri': police('Direktorat Polisi Perairan'),
  'Polres Malang Kota': police('Polres Malang Kota'),
  Polri: police('Korps Lalu Lintas'),
  'Polres Jayapura': police('Polres Jayapura'),
  'Satbrimob Polda Jambi': police('Satbrimob Polda Jambi'),
  'Ditlantas Polda Kepulauan Riau': police('Ditlantas Polda Kepulauan Riau'),
  'Polres Madiun': police('Polres Madiun'),
  'Polresta Sidoarjo': police('Polresta Sidoarjo'),
  'Ditjen AHU, Kementerian Hukum dan HAM': ministry('Kementerian Hukum dan HAM', 'Ditjen Administrasi Hukum Umum'),
  'Ditjen Kekayaan Intelektual': ministry('Kementerian Hukum dan HAM', 'Ditjen Kekayaan Intelektual'),
  'Kanwil Kemenkumham Papua Barat': ministry('Kementerian Hukum dan HAM', 'Kanwil Papua Barat'),
  'Ditjen Dukcapil, Kementerian Dalam Negeri': ministry('Kementerian Dalam Negeri', 'Ditjen Dukcapil'),
  'Universitas Brawijaya': ministry('Kementerian Pendidikan Tinggi, Sains, dan Teknologi', 'Universitas Brawijaya'),
  'BNPB dengan Yayasan PetaBencana': institution('Badan Nasional Penanggulangan Bencana'),
  LAPAN: institution('Lembaga Penerbangan dan Antariksa Nasional'),
  'Badan POM': institution('Badan Pengawas Obat dan Makanan'),
  BPKP: institution('Badan Pengawasan Keuangan dan Pembangunan'),
  'BPJS Ketenagakerjaan': institution('BPJS Ketenagakerjaan'),
  'Perpustakaan Nasional RI': institution('Perpustakaan Nasional RI'),
  'PT Jamkrida Bali Mandara (BUMD)': {
    agency: 'PT Jamkrida Bali Mandara',
    kind: 'bumd',
    region: 'Bali',
    unit: 'Layanan penjaminan',
  },
  'Perumda Air Minum Tirta Binangun, Kulon Progo': {
    agency: 'Perumda Air Minum Tirta Binangun',
    kind: 'bumd',
    region: 'Kabupaten Kulon Progo',
    unit: 'Layanan pelanggan',
  },
  'PT Angkasa Pura I, Bandara I Gusti Ngurah Rai': {
    agency: 'PT Angkasa Pura I',
    kind: 'bumn',
    region: null,
    unit: 'Bandara I Gusti Ngurah Rai',
  },
  'RSUD Tarakan, Pemerintah Provinsi DKI Jakarta': {
    agency: 'Pemerintah Provinsi DKI Jakarta',
    kind: 'province',
    region: 'Daerah Khusus Ibukota Jakarta',
    unit: 'RSUD Tarakan',
  },
  'Pemerintah Daerah DI Yogyakarta': {
    agency: 'Pemerintah Daerah DI Yogyakarta',
    kind: 'province',
    region: yogyakarta,
    unit: 'Sekretariat Daerah',
  },
  'RSUD Prof. Dr. Margono Soekarjo, Jawa Tengah': local('Provinsi', 'Jawa Tengah', 'RSUD Prof. Dr. Margono Soekarjo'),
  'Pemerintah Kalurahan Panggungharjo, Bantul': local('Kabupaten', 'Bantul', 'Kalurahan Panggungharjo'),
  'Kelurahan Purbayan, Pemerintah Kota Yogyakarta': local('Kota', 'Yogyakarta', 'Kelurahan Purbayan'),
  'RSUD Tidar, Pemerintah Kota Magelang': local('Kota', 'Magelang', 'RSUD Tidar'),
  'RSUD Provinsi Sulawesi Barat': local('Provinsi', 'Sulawesi Barat', 'RSUD Provinsi'),
  'Pemerintah Kota Cilegon, Puskesmas Cibeber, Lapas Cilegon': local('Kota', 'Cilegon', 'Puskesmas Cibeber'),
  'Pemerintah Kota Bandung, Puskesmas Talagabodas': local('Kota', 'Bandung', 'Puskesmas Talagabodas'),
}

/** Where a source and the list of regions write a name differently. */
const spelling: Record<string, string> = { 'Kabupaten Tojo Una-Una': 'Kabupaten Tojo Una Una' }

/** The owner of an innovation, from the words of its source. */
export function ownerOf(text: string): Owner {
  const known = special[text]
  if (known) return known
  const plain = text.replace(/ \(?dengan BPPT\)?$/, '')
  if (plain.startsWith('Kementerian ')) return ministry(plain, 'Unit pelayanan pusat')
  const found = /^(?:(.*?),? )?(?:Pemerintah )?(Kota|Kabupaten|Provinsi) (.+)$/.exec(plain)
  if (!found) throw new Error(`The demo does not know who "${text}" is; add it to src/demo/agencies.ts`)
  const [, unit, word, name] = found as unknown as [string, string | undefined, string, string]
  const owner = local(word, name, unit && unit !== 'Pemerintah' ? unit : 'Sekretariat Daerah')
  return { ...owner, region: owner.region && (spelling[owner.region] ?? owner.region) }
}
