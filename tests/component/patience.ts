/** How long a component test waits for what comes by itself: longer than a busy machine takes. */
import { configure } from '@testing-library/svelte';

configure({ asyncUtilTimeout: 15_000 });
