import { storiesOf } from "./storiesOf";

storiesOf("dynamic");
