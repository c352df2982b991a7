import 'vant/lib/index.css';
import '../theme/tokens.css';
import '../theme/form.css';
import '../theme/parts.css';
import '../theme/door.css';
import DoorButton from '@/ui/door/DoorButton.vue';
import DoorInput from '@/ui/door/DoorInput.vue';
import { start } from '../start';
import DoorApp from './DoorApp.vue';
import { router } from './router';

void start(DoorApp, router, DoorInput, DoorButton);
