import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, it } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { inFiles, small } from '../../../../../test/packages.ts'
import { nationalHolidays } from '../holidays.ts'
import { rehearse } from '../rehearsal.ts'
import { type Files, pack } from './archive.ts'
import { asJson, readPackage, readSealed } from './read.ts'
import { publicKeyText, sealed, sha256, type Trust } from './seal.ts'

/** Replace once in one file of the small package; the text that is replaced must be there. */
function spoilt(file: string, from: string | RegExp, to: string): Files {
  const text = small[file]!
  assert.ok(typeof from === 'string' ? text.includes(from) : from.test(text), `${file} has no ${from}`)
  return inFiles({ ...small, [file]: text.replace(from, () => to) })
}
const withFile = (name: string, text: string) => inFiles({ ...small, [name]: text })
const flow = (from: string, to: string) => spoilt('flows/pinjam.yaml', from, to)
const form = (from: string, to: string) => spoilt('forms/permohonan.yaml', from, to)
const when = (expression: string) => form('when: umur < 17', `when: '${expression}'`)
const identity = (what: string) => spoilt('package.yaml', 'main: pinjam', `main: pinjam\nidentity: ${what}`)
const assigned = (role: string, how: string) => spoilt('roles.yaml', `id: ${role},`, `id: ${role}, assign: { ${how} },`)
const message = (text: string) => spoilt('messages.yaml', '{nama}, kursi roda siap diambil.', text)

/** What somebody hostile, or careless, puts into a folder. Each is refused by exactly one rule, at one place. */
// biome-ignore format: one attack a line
const folders: [title: string, files: () => Files, rule: string, file: string, at?: string][] = [
  // Files
  ['a way out of the package', () => withFile('../../etc/passwd.yaml', 'a: 1'), 'path-outside', '../../etc/passwd.yaml'],
  ['an absolute path', () => withFile('/etc/cron.yaml', 'a: 1'), 'path-outside', '/etc/cron.yaml'],
  ['a Windows path', () => withFile('forms\\..\\..\\x.yaml', 'a: 1'), 'path-outside', 'forms\\..\\..\\x.yaml'],
  ['a program', () => withFile('forms/run.js', 'process.exit()'), 'unknown-file', 'forms/run.js'],
  ['a hidden file', () => withFile('.env', 'X=1'), 'unknown-file', '.env'],
  ['a folder that packages do not have', () => withFile('hooks/install.yaml', 'a: 1'), 'unknown-file', 'hooks/install.yaml'],
  ['a file as YAML and as JSON', () => withFile('roles.json', '{}'), 'duplicate-file', 'roles.json'],
  ['four hundred and one files', () => inFiles({ ...small, ...Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`rules/r${i}.yaml`, 'a: 1'])) }), 'too-many-files', ''],
  ['a file of a megabyte', () => withFile('rules/besar.yaml', `a: ${'x'.repeat(1_000_000)}`), 'file-too-large', 'rules/besar.yaml'],
  ['no roles', () => new Map([...inFiles(small)].filter(([name]) => name !== 'roles.yaml')), 'file-missing', 'roles'],
  // Persons
  ['a person recognised by a field that nobody asks', () => identity('{ nik: ktp }'), 'unknown-field-name', 'package.yaml', 'identity.nik'],
  ['a person recognised by her illness', () => identity('{ name: sakit, birth: umur, area: desa }'), 'identity-wrong-type', 'package.yaml', 'identity.name'],
  ['a person recognised by her name alone', () => identity('{ name: nama }'), 'identity-incomplete', 'package.yaml', 'identity'],
  ['a person recognised by what is not foreseen', () => identity('{ nik: nik, face: nama }'), 'unknown-field', 'package.yaml', 'identity'],
  ['cases given to people without an account', () => assigned('warga', 'by: load, roles: [petugas]'), 'assign-without-area', 'roles.yaml', 'roles[0].assign'],
  ['cases given by people without an account', () => assigned('petugas', 'by: load, roles: [warga]'), 'assigns-unseen', 'roles.yaml', 'roles[1].assign.roles[0]'],
  ['cases given by a role that there is not', () => assigned('petugas', 'by: load, roles: [raja]'), 'unknown-role', 'roles.yaml', 'roles[1].assign.roles[0]'],
  ['cases given by nobody', () => assigned('petugas', 'by: area'), 'assign-by-nobody', 'roles.yaml', 'roles[1].assign'],
  ['the nearest to no place', () => assigned('petugas', 'by: nearest, opening: true'), 'assign-without-place', 'roles.yaml', 'roles[1].assign.by'],
  ['ten years to answer', () => assigned('petugas', 'by: load, opening: true, minutes: 5256000'), 'not-the-schema', 'roles.yaml', 'roles[1].assign.minutes'],
  // Documents
  ['a billion laughs', () => withFile('rules/tawa.yaml', `a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]`), 'yaml-alias', 'rules/tawa.yaml'],
  ['a tag that makes an object', () => withFile('rules/tag.yaml', `id: !!js/function 'function () {}'`), 'yaml-tag', 'rules/tag.yaml'],
  ['a key given twice', () => spoilt('roles.yaml', 'roles:', 'roles: []\nroles:'), 'duplicate-key', 'roles.yaml'],
  ['a key given twice in JSON', () => withFile('rules/ganda.json', '{"id":"ganda","kind":"value","id":"lain"}'), 'duplicate-key', 'rules/ganda.json'],
  ['brackets ten thousand deep', () => withFile('rules/dalam.yaml', `a: ${'['.repeat(10_000)}`), 'too-deep', 'rules/dalam.yaml'],
  ['brackets ten thousand deep in JSON', () => withFile('rules/dalam.json', '['.repeat(10_000)), 'too-deep', 'rules/dalam.json'],
  ['lists ten thousand deep by dashes', () => withFile('rules/dalam.yaml', `${'- '.repeat(10_000)}x`), 'too-deep', 'rules/dalam.yaml'],
  ['bytes that are no text', () => new Map([...inFiles(small), ['rules/biner.yaml', new Uint8Array([0xff, 0xfe, 0x00])]]), 'not-utf8', 'rules/biner.yaml'],
  ['fifty thousand values', () => withFile('rules/banyak.yaml', `a: [${'1,'.repeat(50_000)}1]`), 'too-many-values', 'rules/banyak.yaml'],
  ['__proto__ as a name', () => withFile('rules/proto.json', '{"id":"proto","__proto__":{"admin":true}}'), 'prototype-name', 'rules/proto.json'],
  ['constructor as a name, in YAML', () => spoilt('messages.yaml', 'nama: { value', 'constructor: { value'), 'prototype-name', 'messages.yaml', 'messages[0].with'],
  ['a script in words', () => spoilt('package.yaml', 'Warga meminjam', '<script>alert(1)</script>'), 'markup', 'package.yaml', 'summary.id'],
  ['an image that runs, in a label', () => form('label: { id: Nama }', 'label: { id: "<img src=x onerror=alert(1)>" }'), 'markup', 'forms/permohonan.yaml', 'fields[0].label.id'],
  ['an address that runs', () => spoilt('package.yaml', 'KTP', '"javascript:alert(1)"'), 'markup', 'package.yaml', 'standard.requirements.id'],
  ['words that read backwards', () => spoilt('package.yaml', 'Gratis', '"Gratis\\u202E000.001 pR"'), 'invisible-signs', 'package.yaml', 'standard.fee.id'],
  ['a text of five thousand letters', () => spoilt('package.yaml', 'Gratis', 'x'.repeat(5000)), 'text-too-long', 'package.yaml', 'standard.fee.id'],
  // Schema
  ['a field that nobody knows', () => spoilt('package.yaml', 'main: pinjam', 'main: pinjam\nonInstall: curl'), 'unknown-field', 'package.yaml', ''],
  ['an effect that nobody knows', () => flow('{ send: siap }', '{ run: siap }'), 'unknown-field', 'flows/pinjam.yaml', 'moves[3].effects[0]'],
  ['a version that is not three numbers', () => spoilt('package.yaml', '1.2.0', '1.2.0-latest'), 'not-the-schema', 'package.yaml', 'version'],
  ['another format', () => spoilt('package.yaml', 'package/1', 'package/2'), 'not-the-schema', 'package.yaml', 'format'],
  ['a setting named as a word of FEEL', () => spoilt('settings.yaml', 'hari_pinjam', 'function'), 'not-the-schema', 'settings.yaml', 'settings[0].id'],
  ['a file that bears another name than what it holds', () => spoilt('rules/urutan.yaml', 'id: urutan', 'id: lain'), 'name-differs', 'rules/urutan.yaml', ''],
  ['a standard that is not published', () => spoilt('package.yaml', '{ id: Gratis }', '{ id: "-" }'), 'standard-unpublished', 'package.yaml', 'standard.fee'],
  ['a language that is promised and missing', () => spoilt('roles.yaml', '{ id: Warga }', '{ en: Citizen }'), 'language-missing', 'roles.yaml', 'roles[0].names'],
  // Expressions
  ['an expression that is none', () => when('umur <'), 'expression-syntax', 'forms/permohonan.yaml', 'checks[0].when'],
  ['an expression of a thousand letters', () => when(`umur < ${'1 + '.repeat(300)}1`), 'expression-too-long', 'forms/permohonan.yaml', 'checks[0].when'],
  ['brackets two hundred deep in an expression', () => when(`${'('.repeat(200)}umur${')'.repeat(200)} < 1`), 'expression-too-deep', 'forms/permohonan.yaml', 'checks[0].when'],
  ['a loop over a thousand million numbers', () => when('some i in 1..1000000000 satisfies i < 0'), 'expression-forbidden', 'forms/permohonan.yaml', 'checks[0].when'],
  ['lists walked inside lists', () => when('some a in sakit satisfies some b in sakit satisfies some c in sakit satisfies a = b'), 'expression-too-costly', 'forms/permohonan.yaml', 'checks[0].when'],
  ['a function of its own', () => when('(function(f) f(f))(umur) > 1'), 'expression-forbidden', 'forms/permohonan.yaml', 'checks[0].when'],
  ['a power that fills the memory', () => when('9 ** 9 ** 9 > umur'), 'expression-forbidden', 'forms/permohonan.yaml', 'checks[0].when'],
  ['a regular expression inside FEEL', () => when('matches(nama, "(a+)+$")'), 'expression-forbidden', 'forms/permohonan.yaml', 'checks[0].when'],
  ['the clock of the machine', () => when('now() > today()'), 'expression-forbidden', 'forms/permohonan.yaml', 'checks[0].when'],
  ['a name of JavaScript', () => when('nama.constructor = umur'), 'unknown-name', 'forms/permohonan.yaml', 'checks[0].when'],
  ['a setting that is not there', () => when('umur < setting.rahasia'), 'unknown-name', 'forms/permohonan.yaml', 'checks[0].when'],
  // Forms
  ['a pattern that explodes', () => form('[A-Z][a-z ]{1,59}', '(a+)+$'), 'pattern-unsafe', 'forms/permohonan.yaml', 'fields[0].pattern'],
  ['a pattern whose range goes backwards', () => form('[A-Z][a-z ]{1,59}', '[Z-A]'), 'pattern-unsafe', 'forms/permohonan.yaml', 'fields[0].pattern'],
  ['a pattern of many varying parts', () => form('[A-Z][a-z ]{1,59}', 'a{0,99}a{0,99}a{0,99}b'), 'pattern-unsafe', 'forms/permohonan.yaml', 'fields[0].pattern'],
  ['a question that waits for itself', () => form('umur, type: int', 'umur, type: int, when: umur > 1'), 'asked-later', 'forms/permohonan.yaml', 'fields[2].when'],
  ['two questions that wait for each other', () => form('nama, type: text', 'nama, type: text, when: umur > 1'), 'asked-later', 'forms/permohonan.yaml', 'fields[0].when'],
  ['a NIK that everybody may see', () => form('nik, type: nik', 'nik, type: nik, privacy: open'), 'privacy-too-low', 'forms/permohonan.yaml', 'fields[1].privacy'],
  ['an address that slips past its consent', () => form('  - { id: hp,', '  - { id: salinan, type: calculated, value: alamat, label: { id: Salinan } }\n  - { id: hp,'), 'consent-leak', 'forms/permohonan.yaml', 'fields[7]'],
  ['a consent that is nowhere asked', () => form('consent: antar', 'consent: lain'), 'unknown-purpose', 'forms/permohonan.yaml', 'fields[6].consent'],
  ['a consent that asks for itself', () => form('setuju, type: bool', 'setuju, type: bool, consent: antar'), 'consent-asks-itself', 'consents.yaml', 'purposes[0].askedBy'],
  ['two questions of one name', () => form('id: alamat', 'id: nama'), 'duplicate-id', 'forms/permohonan.yaml', 'fields[6]'],
  // Flows
  ['a role that is not there', () => flow('roles: [petugas], effects', 'roles: [admin], effects'), 'unknown-role', 'flows/pinjam.yaml', 'moves[3].roles[0]'],
  ['a state that is not there', () => flow('from: [dipinjam]', 'from: [hilang]'), 'unknown-state', 'flows/pinjam.yaml', 'moves[4].from[0]'],
  ['a state that nothing leads to', () => flow('tasks:', '  - { id: pulau, kind: open, names: { id: Pulau } }\ntasks:').set('flows/pinjam.yaml', inFiles({ x: small['flows/pinjam.yaml']!.replace('tasks:', '  - { id: pulau, kind: open, names: { id: Pulau } }\ntasks:').replace('from: [dipinjam]', 'from: [dipinjam, pulau]'), }).get('x')!), 'unreachable-state', 'flows/pinjam.yaml', 'states[4]'],
  ['a circle without a way out', () => inFiles({ ...small, 'flows/pinjam.yaml': small['flows/pinjam.yaml']!.replace('from: [dipinjam], to: kembali', 'from: [dipinjam], to: same'), }), 'no-way-out', 'flows/pinjam.yaml', 'states[2]'],
  ['what happens by itself, for ever', () => flow('  - { id: kembalikan', '  - { id: a, names: { id: A }, from: [diajukan], to: kurang, roles: [], automatic: true, guard: umur > 1 }\n  - { id: b, names: { id: B }, from: [kurang], to: diajukan, roles: [], automatic: true, guard: umur > 1 }\n  - { id: kembalikan'), 'automatic-loop', 'flows/pinjam.yaml', 'states[0]'],
  ['a move that nobody can make', () => flow('to: dipinjam, roles: [petugas]', 'to: dipinjam, roles: []'), 'move-by-nobody', 'flows/pinjam.yaml', 'moves[3]'],
  ['life after the end', () => flow('from: [dipinjam], to', 'from: [dipinjam, kembali], to'), 'leaves-a-final-state', 'flows/pinjam.yaml', 'moves[4].from'],
  ['a time limit that makes a move which cannot be made there', () => flow('from: [diajukan, kurang], to: kembali', 'from: [diajukan], to: kembali'), 'move-not-from-here', 'flows/pinjam.yaml', 'limits[0].steps[2].move'],
  ['two steps of a time limit at one moment, of which one would be lost', () => flow('at: 50, task', 'at: 100, task'), 'duplicate-id', 'flows/pinjam.yaml', 'limits[0].steps[1]'],
  ['a time limit that does nothing', () => flow('{ at: 50, task: cari, for: petugas }', '{ at: 50 }'), 'step-does-nothing', 'flows/pinjam.yaml', 'limits[0].steps[0]'],
  ['a time limit that may have no time', () => flow('{ amount: 2, unit', '{ when: umur > 1, amount: 2, unit'), 'limit-without-end', 'flows/pinjam.yaml', 'limits[0].time'],
  ['a sub-case that opens itself', () => flow('effects: [{ send: siap }]', 'effects: [{ send: siap }, { open: pinjam }]'), 'flow-opens-itself', 'flows/pinjam.yaml', ''],
  ['a sub-case that opens twenty, which open twenty, which open twenty', () => bursting(), 'opens-too-many', 'flows/pinjam.yaml', 'moves[3].effects'],
  ['a calendar that never opens', () => spoilt('calendars.yaml', /hours: \{.*\} \}/, 'hours: {} }'), 'calendar-never-open', 'calendars.yaml', 'calendars[0]'],
  // Rules
  ['two versions on one day', () => spoilt('rules/urutan.yaml', 'versions:', 'versions:\n  - { validFrom: "2021-01-01", factors: [{ id: x, when: umur > 1, points: 1, says: { id: x } }] }'), 'validity-overlap', 'rules/urutan.yaml', 'versions[0]'],
  ['a score that tells of an illness to those who may not see it', () => spoilt('rules/urutan.yaml', 'privacy: specific', 'privacy: personal'), 'privacy-leak', 'rules/urutan.yaml', 'privacy'],
  ['a total that is in no band', () => spoilt('rules/urutan.yaml', 'base: 1', 'base: 0'), 'bands-gap', 'rules/urutan.yaml', 'versions[0].bands[0]'],
  // Messages
  ['an illness in an SMS', () => message('{nama}, kursi roda untuk pasien TBC siap.'), 'health-word', 'messages.yaml', 'messages[0].text.sms.id'],
  ['an SMS that may grow too long', () => message(`{nama}, ${'kursi roda '.repeat(13)}`), 'sms-too-long', 'messages.yaml', 'messages[0].text.sms.id'],
  ['an SMS of seventy-one letters of another alphabet', () => message(`{nama} ${'ꦏ'.repeat(40)}`), 'sms-too-long', 'messages.yaml', 'messages[0].text.sms.id'],
  ['a NIK in a message', () => spoilt('messages.yaml', 'value: nama', 'value: nik'), 'full-identity', 'messages.yaml', 'messages[0].with.nama'],
  ['a diagnosis as a value of a message', () => spoilt('messages.yaml', 'value: nama', 'value: string(sakit)'), 'specific-value', 'messages.yaml', 'messages[0].with.nama'],
  ['what only some may see, as a value of a message', () => spoilt('forms/permohonan.yaml', 'nama, type: text', 'nama, only: [petugas], type: text'), 'specific-value', 'messages.yaml', 'messages[0].with.nama'],
  ['a value that the message does not have', () => message('{rahasia}, siap.'), 'unknown-placeholder', 'messages.yaml', 'messages[0].text.sms.id'],
  // The rest
  ['an indicator by person', () => spoilt('indicators.yaml', 'by: desa', 'by: nama'), 'counts-persons', 'indicators.yaml', 'indicators[0].by'],
  ['a default that the adopter could not choose', () => spoilt('settings.yaml', 'default: 14', 'default: 90'), 'default-outside', 'settings.yaml', 'settings[0].default'],
  ['examples that would run for hours', () => endless(), 'examples-too-costly', ''],
  ['no example', () => new Map([...inFiles(small)].filter(([name]) => !name.startsWith('examples/'))), 'no-examples', ''],
]

/** Two hundred factors, in a hundred examples of a hundred steps each. */
function endless(): Files {
  const factors = Array.from({ length: 200 }, (_, i) => `{ id: f${i}, when: umur > ${i}, points: 1, says: { id: f } }`)
  const files = withFile(
    'rules/berat.yaml',
    `{ id: berat, kind: sum, privacy: specific, names: { id: Berat }, versions: [{ validFrom: "2020-01-01", factors: [${factors}] }] }`,
  )
  const steps = Array.from({ length: 100 }, () => '{ after: PT1S }')
  for (let i = 0; i < 100; i++)
    files.set(
      `examples/e${i}.yaml`,
      Buffer.from(`{ id: e${i}, names: { id: E }, begins: "2026-03-02T09:00", steps: [${steps}] }`),
    )
  return files
}

/** Sub-cases within sub-cases: twenty to the sixth, from one move. */
function bursting(): Files {
  const twenty = (id: string) => `[${Array.from({ length: 20 }, () => `{ open: ${id} }`).join(', ')}]`
  const part = (i: number) => `
id: bagian${i}
names: { id: Bagian }
states:
  - { id: mulai, kind: open, names: { id: Mulai } }
  - { id: usai, kind: final, names: { id: Usai } }
moves:
  - { id: buka, names: { id: Buka }, from: new, to: mulai, roles: [], effects: ${i < 6 ? twenty(`bagian${i + 1}`) : '[]'} }
  - { id: tutup, names: { id: Tutup }, from: [mulai], to: usai, roles: [petugas] }
`
  const files = flow('[{ send: siap }]', twenty('bagian1'))
  for (let i = 1; i <= 6; i++) files.set(`flows/bagian${i}.yaml`, new TextEncoder().encode(part(i)))
  return files
}

const agency = generateKeyPairSync('ed25519').privateKey
const stranger = generateKeyPairSync('ed25519').privateKey
const key = publicKeyText(agency)
const trust: Trust = { keys: new Set([key]) }
const about = { id: 'id.contoh.kursi-roda', version: '1.2.0', publisher: 'Dinas Contoh' }
const json = () => asJson(inFiles(small))
const good = () => sealed(json(), about, agency)

/** The good file with some bytes changed. */
function patched(change: (bytes: Buffer) => void): Uint8Array {
  const bytes = Buffer.from(good())
  change(bytes)
  return bytes
}
/** A seal of one's own over files of one's own, signed properly or not. */
function forged(files: Files, edit: (seal: Record<string, unknown>) => void, by = agency): Uint8Array {
  const seal: Record<string, unknown> = {
    format: 'melayani.seal/1',
    ...about,
    key: publicKeyText(by),
    files: Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)])),
  }
  edit(seal)
  const bytes = Buffer.from(JSON.stringify(seal))
  return pack(
    new Map([...files, ['seal.json', bytes], ['seal.sig', Buffer.from(sign(null, bytes, by).toString('base64url'))]]),
  )
}
const directoryOf = (bytes: Buffer) => bytes.readUInt32LE(bytes.length - 6)
/** A zip by pack, with one entry of any name and content. */
const zipOf = (name: string, content: Uint8Array) => pack(new Map([[name, content]]))

// biome-ignore format: one attack a line
const archives: [title: string, bytes: () => Uint8Array, rule: string, trust?: Trust][] = [
  ['no zip at all', () => Buffer.from('MZ hello'), 'not-a-zip'],
  ['a zip with something before it (an executable)', () => Buffer.concat([Buffer.from('MZ'.repeat(20)), good()]), 'not-a-zip'],
  ['a zip with something behind it', () => Buffer.concat([good(), Buffer.from('x')]), 'not-a-zip'],
  ['five megabytes', () => Buffer.alloc(5_000_000), 'archive-too-large'],
  ['a zip slip', () => zipOf('../../home/x.json', Buffer.from('{}')), 'path-outside'],
  ['a zip slip by a drive letter', () => zipOf('c:/x.json', Buffer.from('{}')), 'path-outside'],
  ['a zip bomb of one file', () => zipOf('rules/bom.json', Buffer.alloc(250_000)), 'zip-bomb'],
  ['a file that lies about its size', () => patched((b) => { const at = directoryOf(b); b.writeUInt32LE(b.readUInt32LE(at + 24) + 1, at + 24) }), 'headers-differ'],
  ['a file that unpacks to more than both headers say', () => patched((b) => { const at = directoryOf(b); b.writeUInt32LE(10, at + 24); b.writeUInt32LE(10, 22) }), 'content-differs'],
  ['a symbolic link', () => patched((b) => { const at = directoryOf(b); b.writeUInt8(3, at + 5); b.writeUInt32LE((0o120777 << 16) >>> 0, at + 38) }), 'not-a-plain-file'],
  ['a device', () => patched((b) => { const at = directoryOf(b); b.writeUInt8(3, at + 5); b.writeUInt32LE((0o020666 << 16) >>> 0, at + 38) }), 'not-a-plain-file'],
  ['an encrypted entry', () => patched((b) => { const at = directoryOf(b); b.writeUInt16LE(0x0801, at + 8) }), 'encrypted'],
  ['a compression that nobody checks', () => patched((b) => { const at = directoryOf(b); b.writeUInt16LE(14, at + 10) }), 'unknown-compression'],
  ['two names for one file, by header and directory', () => patched((b) => { b.write('x', 30) }), 'headers-differ'],
  ['files that overlap', () => patched((b) => { const at = directoryOf(b); b.writeUInt32LE(5, at + 42) }), 'overlapping-files'],
  ['the same name twice', () => twice(), 'duplicate-file'],
  ['five hundred entries', () => pack(new Map(Array.from({ length: 500 }, (_, i) => [`rules/r${i}.json`, Buffer.from('{}')]))), 'too-many-files'],
  ['a byte flipped in the content', () => patched((b) => { const size = b.readUInt16LE(26); b[30 + size + 3]! ^= 1 }), 'content-differs'],
  ['no seal', () => pack(json()), 'unsealed'],
  ['a seal that is none', () => pack(new Map([...json(), ['seal.json', Buffer.from('[]')], ['seal.sig', Buffer.from('x')]])), 'seal-broken'],
  ['a signature of another text', () => pack(new Map([...json(), ['seal.json', sealOf(good())], ['seal.sig', Buffer.from(sign(null, Buffer.from('x'), agency).toString('base64url'))]])), 'signature-wrong'],
  ['the signature of a stranger under the agency’s key', () => forged(json(), (seal) => { seal.key = key }, stranger), 'signature-wrong'],
  ['a stranger who signs for himself', () => sealed(json(), about, stranger), 'publisher-unknown'],
  ['a file changed after the signing', () => forged(json(), (seal) => { ;(seal.files as Record<string, string>)['roles.json'] = '0'.repeat(64) }), 'file-tampered'],
  ['a file added after the signing', () => forged(json(), (seal) => { delete (seal.files as Record<string, string>)['roles.json'] }), 'unlisted-file'],
  ['a file taken away after the signing', () => forged(new Map([...json()].filter(([name]) => name !== 'roles.json')), (seal) => { ;(seal.files as Record<string, string>)['roles.json'] = '0'.repeat(64) }), 'file-missing'],
  ['YAML in a sealed package', () => sealed(inFiles(small), about, agency), 'unknown-file'],
  ['a seal of another package', () => sealed(json(), { ...about, id: 'id.contoh.lain' }, agency), 'seal-differs'],
  ['an older version than is installed', good, 'version-downgraded', { ...trust, installed: new Map([[about.id, { version: '1.10.0', key, hash: 'x' }]]) }],
  ['another content under the same version', good, 'version-reused', { ...trust, installed: new Map([[about.id, { version: '1.2.0', key, hash: 'x' }]]) }],
  ['another agency’s package by a trusted neighbour', good, 'publisher-changed', { ...trust, installed: new Map([[about.id, { version: '1.0.0', key: publicKeyText(stranger), hash: 'x' }]]) }],
]

function sealOf(bytes: Uint8Array): Uint8Array {
  const read = readSealed(bytes, trust)
  assert.ok(read.ok)
  return Buffer.from(
    '{"format":"melayani.seal/1","id":"id.contoh.kursi-roda","version":"1.2.0","publisher":"Dinas Contoh","key":"' +
      read.value.seal.key +
      '","files":{}}',
  )
}
/** A directory with two entries of one name: the second file is renamed in both of its headers. */
function twice(): Uint8Array {
  const bytes = Buffer.from(
    pack(
      new Map([
        ['rules/aa.json', Buffer.from('{}')],
        ['rules/bb.json', Buffer.from('[]')],
      ]),
    ),
  )
  for (let at = bytes.indexOf('rules/bb'); at >= 0; at = bytes.indexOf('rules/bb')) bytes.write('rules/aa', at)
  return bytes
}

describe('services: hostile packages', () => {
  for (const [title, files, rule, file, at] of folders)
    it(`refuses ${title}: ${rule}`, () => {
      const read = readPackage(files())
      const errors = read.problems.filter(({ level }) => level === 'error')
      assert.equal(read.ok, false)
      assert.equal(errors[0]?.rule, rule, JSON.stringify(errors))
      assert.equal(errors[0]?.file, file)
      if (at !== undefined) assert.equal(errors[0]?.at, at)
      assert.ok(errors[0]!.says.length > 3)
    })

  for (const [title, bytes, rule, known = trust] of archives)
    it(`refuses ${title}: ${rule}`, () => {
      const read = readSealed(bytes(), known)
      assert.equal(read.ok, false)
      assert.equal(read.problems[0]?.rule, rule, JSON.stringify(read.problems))
    })

  it('are many, and every one is different', () => {
    assert.ok(folders.length + archives.length >= 40)
    assert.equal(new Set([...folders, ...archives].map(([title]) => title)).size, folders.length + archives.length)
  })

  it('take the good one, which is the same bytes whenever it is made', () => {
    const read = readSealed(good(), trust)
    assert.deepEqual(read.problems, [])
    assert.ok(read.ok)
    assert.equal(read.value.pkg.manifest.id, about.id)
    assert.deepEqual(good(), good())
    assert.deepEqual(
      rehearse(read.value.pkg, nationalHolidays()).flatMap(({ problems }) => problems),
      [],
    )
  })

  it('are noticed by any changed byte, and by any cut', () => {
    const whole = Buffer.from(good())
    for (let i = 0; i < whole.length; i += 7) {
      const bytes = Buffer.from(whole)
      bytes[i]! ^= 0x55
      assert.equal(readSealed(bytes, trust).ok, false, `byte ${i}`)
    }
    for (let length = 0; length < whole.length; length += 97)
      assert.equal(readSealed(whole.subarray(0, length), trust).ok, false)
  })

  it('are refused or run, and never throw, whatever somebody writes into a good one', () => {
    const names = Object.keys(small)
    const piece = fc.constantFrom(
      '',
      '-1',
      'null',
      '[]',
      '{}',
      '"',
      ': ',
      'new',
      'any',
      'same',
      '- ',
      '\n',
      '999999',
      'umur',
      '(',
      '&a',
      'true',
      '2026-02-30',
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.integer({ min: 0, max: 12 }),
        piece,
        (name, at, length, text) => {
          const old = small[name]!
          const from = at % old.length
          const files = inFiles({ ...small, [name]: old.slice(0, from) + text + old.slice(from + length) })
          const read = readPackage(files)
          if (read.ok)
            for (const { problems } of rehearse(read.value, nationalHolidays())) assert.ok(Array.isArray(problems))
          else assert.ok(read.problems.length > 0)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('cannot hide a second stream behind a shorter size', () => {
    const bomb = deflateRawSync(Buffer.alloc(250_000, 'a'))
    const bytes = Buffer.from(zipOf('rules/x.json', Buffer.alloc(250_000, 'a')))
    assert.ok(bytes.includes(bomb))
    const at = directoryOf(bytes)
    bytes.writeUInt32LE(900, at + 24)
    bytes.writeUInt32LE(900, 22)
    assert.deepEqual(
      readSealed(bytes, trust).problems.map(({ rule }) => rule),
      ['content-differs'],
    )
  })
})
