import { install, runWithPinnedNode } from './install.mjs'

install()
runWithPinnedNode('tools/import.ts', process.argv.slice(2))
