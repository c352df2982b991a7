import 'element-plus/dist/index.css';
import '../theme/tokens.css';
import '../theme/element.css';
import '../theme/form.css';
import '../theme/parts.css';
import '../theme/desk.css';
import DeskButton from '@/ui/desk/DeskButton.vue';
import DeskInput from '@/ui/desk/DeskInput.vue';
import { start } from '../start';
import DeskApp from './DeskApp.vue';
import { router } from './router';

void start(DeskApp, router, DeskInput, DeskButton);
