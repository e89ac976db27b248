import { storiesOf } from "./storiesOf";

storiesOf("plugin");
