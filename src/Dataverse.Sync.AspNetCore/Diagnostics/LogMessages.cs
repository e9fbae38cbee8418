using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.AspNetCore;

/// <summary>The log messages of webhooks. None contains secrets or anything that a request sent.</summary>
internal static partial class LogMessages
{
    /// <summary>The category of all messages.</summary>
    public const string Category = "Dataverse.Sync.AspNetCore.Webhooks";

    [LoggerMessage(1, LogLevel.Debug, "Mapping {Mapping}: woken by a webhook.", EventName = "Woken")]
    public static partial void Woken(this ILogger logger, string mapping);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Mapping {Mapping}: a webhook could not wake it; it starts by its schedule. {Reason}",
        EventName = "NotWoken")]
    public static partial void NotWoken(this ILogger logger, string mapping, string reason);

    [LoggerMessage(
        3, LogLevel.Warning, "A request to the webhook of {Service} had no valid secret and was refused.", EventName = "Refused")]
    public static partial void Refused(this ILogger logger, string service);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "A post of Dataverse came from another organization, such as a copy of the environment, and was refused.",
        EventName = "ForeignOrganization")]
    public static partial void ForeignOrganization(this ILogger logger);

    [LoggerMessage(
        5, LogLevel.Information, "Table {Table}: subscribed until {ExpiresOn:u}.", EventName = "Subscribed")]
    public static partial void Subscribed(this ILogger logger, string table, DateTimeOffset expiresOn);

    [LoggerMessage(
        6,
        LogLevel.Information,
        "Table {Table}: the subscription was renewed until {ExpiresOn:u}.",
        EventName = "SubscriptionRenewed")]
    public static partial void SubscriptionRenewed(this ILogger logger, string table, DateTimeOffset expiresOn);

    [LoggerMessage(7, LogLevel.Information, "Table {Table}: a subscription was ended.", EventName = "SubscriptionEnded")]
    public static partial void SubscriptionEnded(this ILogger logger, string table);

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "Table {Table}: the subscription no longer exists; it is registered again if a mapping needs it.",
        EventName = "SubscriptionDropped")]
    public static partial void SubscriptionDropped(this ILogger logger, string table);

    [LoggerMessage(
        9,
        LogLevel.Debug,
        "Table {Table}: the subscription was changed meanwhile; it is read again.",
        EventName = "SubscriptionOvertaken")]
    public static partial void SubscriptionOvertaken(this ILogger logger, string table);

    [LoggerMessage(
        10,
        LogLevel.Warning,
        "Table {Table}: the subscription could not be looked after; it is tried again. {Reason}",
        EventName = "SubscriptionFailed")]
    public static partial void SubscriptionFailed(this ILogger logger, string table, string reason);

    [LoggerMessage(
        11,
        LogLevel.Warning,
        "The subscriptions could not be looked after; they are tried again. {Reason}",
        EventName = "SubscriptionsNotRead")]
    public static partial void SubscriptionsNotRead(this ILogger logger, string reason);

    [LoggerMessage(
        12,
        LogLevel.Warning,
        "The subscriptions could not be ended; they expire by themselves. {Reason}",
        EventName = "SubscriptionsNotEnded")]
    public static partial void SubscriptionsNotEnded(this ILogger logger, string reason);
}
