#!/usr/bin/env node
import module from 'node:module';

module.enableCompileCache?.(); // from Node 22 on: the next start need not compile again

const file = process.argv[2] === 'tag' ? 'tag-main' : 'main';
const { main } = await import(`../dist/command/${file}.js`);

await main(process.argv);
