import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import {
  manifest,
  openSpoken,
  promptKeys,
  promptOf,
  prompts,
  silentNames,
  speakName,
  spokenPages,
  voices,
} from '../src/audio/index.ts'
import type { BoothStatus } from '../src/booth/link.ts'
import { sessionApp } from '../src/booth/session-app.tsx'
import { boothWords } from '../src/booth/words.ts'
import { hashOf } from '../src/format/index.ts'
import { findAsset } from '../src/screen/assets.ts'
import { rig } from './booth-rig.ts'
import { makeTps } from './village.ts'

const made = makeTps({ voters: 2, reserve: 0 })

test('R45: every prompt is there in Indonesian and Javanese, with at most eight words, and its sound is the one in the manifest', () => {
  const listed = manifest()
  for (const voice of voices)
    for (const key of promptKeys) {
      const { text, file } = promptOf(voice, key)
      const words = text.split(/\s+/)
      assert.ok(words.length >= 1 && words.length <= 8, `${voice} ${key}: ${words.length} words`)
      const sound = readFileSync(file)
      const entry = listed[path.basename(file)]
      assert.ok(entry, `${voice} ${key} is not in the manifest: run node tools/make-audio.ts`)
      assert.equal(entry.text, text, `${voice} ${key} was spoken with other words: run node tools/make-audio.ts`)
      assert.equal(entry.said, 'said' in prompts[voice][key] ? prompts[voice][key].said : text)
      assert.equal(entry.sha256, hashOf(sound), `${voice} ${key}: another sound`)
      assert.equal(sound.subarray(0, 4).toString(), 'OggS')
      assert.equal(sound.subarray(28, 36).toString(), 'OpusHead')
      // 48,000 samples a second, counted in the last page: between a third of a second and eight seconds.
      const last = sound.lastIndexOf('OggS')
      const seconds = Number(sound.readBigUInt64LE(last + 6)) / 48_000
      assert.ok(seconds > 0.3 && seconds < 8, `${voice} ${key}: ${seconds} s`)
    }
})

test('R45: what a voter reads has at most eight words a sentence and three sentences, in both languages', () => {
  const texts = (of: unknown): string[] => (typeof of === 'string' ? [of] : Object.values(of as object).flatMap(texts))
  for (const lang of ['id', 'en'] as const)
    for (const text of texts(boothWords(lang))) {
      const sentences = text.split(/[.:;?] /)
      const words = sentences.map((each) => each.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word)).length)
      assert.ok(words.length <= 3 && Math.max(...words) <= 8, `${words.join(' + ')} words: ${text}`)
    }
})

test('there is no sound that nobody asks for, and all of it is small', () => {
  const folder = path.dirname(promptOf('id', 'yes').file)
  const files = readdirSync(folder)
  assert.deepEqual(files.toSorted(), Object.keys(manifest()).toSorted())
  assert.equal(files.length, voices.length * promptKeys.length)
  assert.ok(files.reduce((sum, each) => sum + statSync(path.join(folder, each)).size, 0) < 1_500_000)
})

test('each page of the booth says its words, and a choice with its number and name', () => {
  const candidates = made.package.candidates.map((each) =>
    each.number === 2 ? { ...each, voice: Buffer.from('OggS name').toString('base64') } : each,
  )
  const spoken = openSpoken({ ...made.package, candidates })
  const file = (address: string) => address.replace(/^\/assets\/spoken-(.*)\.[0-9a-f]{10}\.\w+$/, '$1')
  for (const voice of voices) {
    for (const page of Object.keys(spokenPages)) {
      const addresses = spoken(voice, page, 1)
      assert.ok(addresses.length > 0, page)
      for (const address of addresses) assert.ok(findAsset(address.replace('/assets/', '')), address)
    }
    assert.deepEqual(spoken(voice, 'confirming', 2).map(file), [
      `${voice}-chosen`,
      `${voice}-number-2`,
      'name-2',
      `${voice}-confirming`,
    ])
    assert.deepEqual(spoken(voice, 'candidate', 1).map(file), [`${voice}-number-1`], 'no name was recorded')
    assert.deepEqual(spoken(voice, 'candidate', 'blank').map(file), [`${voice}-blank`])
    assert.deepEqual(spoken(voice, 'candidate', 9), [])
    assert.deepEqual(spoken(voice, 'elsewhere'), [])
  }
})

test('the empty box is called so, what is no sound is not played, and a practice package says that it is one', () => {
  const candidates = [
    { number: 1, name: 'Sari', voice: Buffer.from('<script>').toString('base64') },
    { number: 2, name: 'Kotak', emptyBox: true as const },
  ]
  const spoken = openSpoken({ ...made.package, mode: 'practice', candidates })
  assert.equal(spoken('id', 'candidate', 1).length, 1)
  assert.deepEqual(silentNames({ candidates }), [1], 'what is no sound is none, and the empty box has a prompt')
  assert.match(spoken('jv', 'candidate', 2)[1]!, /spoken-jv-empty-box/)
  assert.match(spoken('id', 'waiting')[0]!, /spoken-id-practice/)
  assert.doesNotMatch(openSpoken(made.package)('id', 'waiting')[0]!, /practice/)
})

test('a candidate is spoken where espeak-ng is installed, and where it is not the answer is none', async () => {
  assert.equal(await speakName('Sari Wulandari', 'espeak-ng-that-is-not-there'), undefined)
  if (spawnSync('espeak-ng', ['--version']).status !== 0) {
    console.error('SKIPPED: espeak-ng is not installed, so no name is spoken')
    return
  }
  assert.equal(await speakName('Sari Wulandari '.repeat(20)), undefined, 'longer than a package has room for')
  const wave = Buffer.from((await speakName('--version Sari; Wulandari'))!, 'base64')
  assert.equal(wave.subarray(0, 4).toString(), 'RIFF')
  assert.equal(wave.readUInt32LE(24), 11_025)
  const samples = wave.subarray(44)
  assert.ok(samples.length > 8_000, 'nearly a second at least')
  const loud = samples.filter((each) => Math.abs(each - 128) > 8).length
  assert.ok(loud > samples.length / 20, 'it is not silence')
})

test('a voter who turns the voice on hears every page of the booth, and the addresses lead to sounds', async () => {
  const one = rig()
  const voter = one.nextVoter()
  const status: BoothStatus = {
    number: 1,
    mobile: false,
    practice: false,
    tps: 1,
    village: 'Percontohan',
    packageHash: one.made.hash,
    stage: 'open',
    standing: one.keeper.standing(),
    media: [],
    printer: 'ok',
    officers: 'http://127.0.0.1:4740/',
  }
  const app = sessionApp({
    package: one.made.package,
    voter,
    status: () => status,
    spoken: openSpoken(one.made.package),
    ended: () => {},
  })
  const spokenAt = async () => {
    const html = await (await app.request('/')).text()
    return /data-spoken="([^"]*)"/.exec(html)?.[1]?.split(' ').filter(Boolean) ?? []
  }
  assert.deepEqual(await spokenAt(), [], 'silent until somebody asks')
  // Without JavaScript the key is typed into the field: Indonesian, Javanese, silence.
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
  const typed = new URLSearchParams({ token: '*' })
  const voices: string[] = []
  for (let times = 0; times < 3; times++) {
    await app.request('/token', { method: 'POST', body: typed, headers })
    voices.push((await spokenAt()).map((address) => address.split('.')[0]!).join())
  }
  assert.deepEqual(voices, ['/assets/spoken-id-waiting', '/assets/spoken-jv-waiting', ''])
  assert.match(await (await app.request('/')).text(), /Suara: tombol \*/)
  // A name without a sound is no silent lack: the voter reads so before the voice is chosen.
  const settings = await (await app.request('/settings')).text()
  assert.match(settings, /Nama calon nomor 1, 2, 3 tidak diucapkan, hanya nomornya\./)
  const body = new URLSearchParams({ voice: 'jv' })
  assert.equal((await app.request('/settings', { method: 'POST', body, headers })).status, 303)
  await voter.take(one.token(0))
  const choosing = await spokenAt()
  assert.match(choosing[0]!, /spoken-jv-choosing/)
  await voter.choose(2)
  const confirming = await spokenAt()
  assert.deepEqual(
    confirming.map((address) => address.split('.')[0]),
    ['/assets/spoken-jv-chosen', '/assets/spoken-jv-number-2', '/assets/spoken-jv-confirming'],
  )
  for (const address of [...choosing, ...confirming]) {
    const sound = await app.request(address)
    assert.equal(sound.headers.get('content-type'), 'audio/ogg')
    assert.equal(
      Buffer.from(await sound.arrayBuffer())
        .subarray(0, 4)
        .toString(),
      'OggS',
    )
    assert.match(sound.headers.get('content-security-policy') ?? '', /media-src 'self'/)
  }
})
