import { deepEqual, equal } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'

/**
 * A whole day without any network but the machine's own (R12): station, desk and booth as three programs in a network namespace in which
 * there is nothing but `lo`, so that whatever reached out for anything else would fail.
 */
const alone = (command: string) => {
  // Told of the outer run, the inner one would report to it in place of printing.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return spawnSync('unshare', ['--map-root-user', '--net', 'sh', '-c', `ip link set lo up && ${command}`], {
    cwd: path.join(import.meta.dirname, '../..'),
    env,
    encoding: 'utf8',
  })
}
const node = `'${process.execPath}'`
const skip = alone('true').status === 0 ? false : 'NOT RUN: this machine lets nobody make a network namespace'

test('in a place without any network a day is opened, voted, closed, counted, and its record stands before the verifier', {
  skip,
}, () => {
  const outside = `fetch('http://192.0.2.1').catch(({ cause }) => console.log(cause.code))`
  deepEqual(
    [alone('ip -brief link | cut -d" " -f1').stdout, alone(`${node} -e "${outside}"`).stdout],
    ['lo\n', 'ENETUNREACH\n'],
  )
  const name = 'the polling place closes, counts, and hands over a record that is sound'
  const day = alone(
    `${node} --import tsx --test --test-reporter=tap --test-name-pattern='${name}' test/attacks/leaks.test.ts`,
  )
  const count = (of: string) => Number(new RegExp(`^# ${of} (\\d+)$`, 'm').exec(day.stdout)?.[1])
  deepEqual(
    { pass: count('pass'), fail: count('fail'), skipped: count('skipped') },
    { pass: 1, fail: 0, skipped: 0 },
    day.stdout,
  )
  equal(day.status, 0)
})
