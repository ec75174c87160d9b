<?php
declare(strict_types=1);
require __DIR__ . '/rsc_samples.php';

$vectors = json_decode(file_get_contents($argv[1]), true, 64, JSON_THROW_ON_ERROR);
$isGood = true;
foreach ($vectors['signatures'] as $each) {
    $isGood = $isGood && is_signed($each['secret'], $each['body'], $each['header']) === $each['isGood'];
}
foreach ($vectors['challenges'] as $each) {
    $isGood = $isGood && challenge_response($each['secret'], $each['code']) === $each['response'];
}
foreach ($vectors['batches'] as $each) {
    $isGood = $isGood && refused($each['answer'], $each['sent']) == $each['refused'];
}
echo $isGood ? "ok\n" : "wrong\n";
exit($isGood ? 0 : 1);
