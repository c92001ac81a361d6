import { baseStyle } from './style/base.js';
import { panelStyle } from './style/panels.js';
import { stageStyle } from './style/stage.js';

/** How the page looks: light and dark by the reader's wish, in the colours of the report. */
export const pageStyle = [baseStyle, stageStyle, panelStyle].join('');
