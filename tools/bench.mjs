import { install, runWithPinnedNode } from './install.mjs'

install()
runWithPinnedNode('bench/index.ts', process.argv.slice(2))
