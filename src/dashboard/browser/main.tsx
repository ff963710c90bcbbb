import { render } from 'preact';
import { Page } from './shell/page.tsx';
import 'virtual:palette.css';
import './style.css';

const root = document.getElementById('page');
if (root) render(<Page />, root);
