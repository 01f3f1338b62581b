-- MySQL dump 10.9
--
-- Host: localhost    Database: wp
-- ------------------------------------------------------
DROP TABLE IF EXISTS `wp_posts`;
CREATE TABLE `wp_posts` (
  `ID` bigint(20) unsigned NOT NULL auto_increment,
  `post_author` int(4) NOT NULL default '0',
  `post_date` datetime NOT NULL default '0000-00-00 00:00:00',
  `post_content` longtext NOT NULL,
  `post_title` text NOT NULL,
  `post_status` enum('publish','draft','private') NOT NULL default 'publish',
  `post_type` varchar(20) NOT NULL default 'post',
  PRIMARY KEY  (`ID`),
  KEY `post_name` (`post_title`)
) TYPE=MyISAM;

LOCK TABLES `wp_posts` WRITE;
INSERT INTO `wp_posts` VALUES (1,1,'2005-03-04 12:13:14','It\'s raining; the <em>cellar</em> is full.\r\n\r\nSo am I.','Rain','publish','post'),(2,1,'2005-03-06 08:00:00','An ''early'' start (again), too early.','Up','private','post'),(3,1,'2005-03-06 08:00:00','An early','Up','inherit','revision');
UNLOCK TABLES;

CREATE TABLE `wp_users` (
  `ID` bigint(20) NOT NULL,
  `user_registered` datetime NOT NULL,
  `description` text
);
INSERT INTO `wp_users` (`ID`, `user_registered`, `description`) VALUES (1,'2004-01-01 00:00:00','Likes rain a lot.');
CREATE TABLE wp_comments (comment_ID int, comment_post_ID int, comment_author tinytext, comment_date datetime, comment_content text);
INSERT INTO wp_comments VALUES (1,1,'Anne','2005-03-05 09:00:00','Here too!');
