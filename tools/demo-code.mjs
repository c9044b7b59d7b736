import { install, runWithPinnedNode } from './install.mjs'

install()
runWithPinnedNode('tools/demo-code.ts', [])
