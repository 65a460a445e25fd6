/** Starts the window: the shell's transport in, the app on screen. */
import { mount } from 'svelte';
import type { Transport } from '../../preload/api';
import { transportProperty } from '../../preload/transport';
import '../ui/base.css';
import App from './App.svelte';
import { createDeps } from './deps';

const transport = (window as unknown as Record<string, Transport>)[transportProperty];
const target = document.getElementById('app');
if (transport === undefined || target === null) {
  throw new Error('The window has no transport or no place for the app');
}

mount(App, { target, props: { deps: createDeps(transport) } });
