export { findWidgetKey, type WidgetKey } from './key.ts';
export {
  type SeatlessViewer,
  seatlessViewer,
  type WidgetCall,
  type WidgetViewer,
  widgetRoute,
  widgetViewer,
} from './viewer.ts';
