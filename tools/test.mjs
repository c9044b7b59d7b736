import { install, runWithPinnedNode } from './install.mjs'

install()
runWithPinnedNode('tools/run-tests.ts', process.argv.slice(2))
