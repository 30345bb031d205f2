// The parts of ECharts that a pie needs; loaded only when one is shown.
import { PieChart } from 'echarts/charts';
import { TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([PieChart, TooltipComponent, SVGRenderer]);

export { init };
