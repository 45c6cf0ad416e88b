<?php
define( 'DB_NAME', 'boutique_vauquelin' );
define( 'DB_USER', 'boutique' );
define( 'DB_PASSWORD', 'hKDm*vbNxpW4e4l%yE' );
define( 'DB_HOST', 'localhost' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'AUTH_KEY', '8cl%R!zWnghTx006yBVudct3qFe7N#6Ta21kaixzuCoDJDSS' );
define( 'SECURE_AUTH_KEY', 'B5ggYyj!9aYC*pQ*fhzY1YZczRPFwbGRDwTul3VFbsnhPNAq' );
$table_prefix = 'vq_';
define( 'WP_DEBUG', false );
require_once ABSPATH . 'wp-settings.php';
