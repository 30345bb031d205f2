// The style sheets of the shared controls in use, in a layer below the product's own.
import '@mantine/core/styles.layer.css';
import './tokens.css';
