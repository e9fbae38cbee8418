using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.AspNetCore;

/// <summary>What both endpoints do with requests: they read, compare secrets, wake, and answer without delay.</summary>
internal sealed class WebhookEndpoints(
    IReadOnlyList<WebhookReceiver> receivers, StrangerLimit limit, TimeProvider time, ILogger logger)
{
    private const int MaxBody = 1024 * 1024;

    // Enough for the first secret, by which a genuine request is recognized.
    private const int MaxBodyBeyondLimit = 16 * 1024;

    /// <summary>Takes a notification of Business Central, or its question whether notifications are wanted.</summary>
    public async Task TakeNotificationAsync(HttpContext context)
    {
        var trusting = receivers.Where(receiver => receiver.Settings.ClientState is not null).ToList();
        Prepare(context);
        if (trusting.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (Handshake.IsAsked(context.Request))
        {
            await Handshake.AnswerAsync(context).ConfigureAwait(false);
            return;
        }

        var (body, isWhole) = await ReadAsync(context).ConfigureAwait(false);
        var entries = NotificationReader.Read(body.Span);
        var isGenuine = false;
        foreach (var receiver in trusting)
        {
            var genuine = entries.Where(entry => receiver.Settings.ClientState!.Matches(entry.ClientState)).ToList();
            isGenuine |= genuine.Count > 0;
            Wake(receiver, genuine, isWhole);
        }

        Answer(context, isGenuine, "BusinessCentral");
    }

    /// <summary>Takes a post of Dataverse.</summary>
    public async Task TakePostAsync(HttpContext context)
    {
        var able = receivers.Where(receiver => receiver.Settings.Key is not null).ToList();
        Prepare(context);
        if (able.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var trusting = able.Where(receiver => DataverseKey.IsBorneBy(context.Request, receiver.Settings)).ToList();
        if (trusting.Count == 0)
        {
            Answer(context, isGenuine: false, "Dataverse");
            return;
        }

        var (body, _) = await ReadAsync(context).ConfigureAwait(false);
        var summary = DataversePost.Read(context.Request, body.Span);
        var meant = trusting.Where(
            receiver => receiver.Settings.OrganizationId is not { } id || id == summary.Organization).ToList();
        if (meant.Count == 0)
        {
            // The key is genuine, so that this is a copy of the environment rather than a stranger.
            logger.ForeignOrganization();
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        foreach (var receiver in meant.Where(_ => summary is { Table: not null } && DataversePost.IsChange(summary)))
        {
            receiver.WakeIntegration(summary.Table!);
        }
    }

    private static void Wake(WebhookReceiver receiver, List<NotificationEntry> genuine, bool isWhole)
    {
        if (genuine.Count > 0 && !isWhole)
        {
            receiver.WakeAll();
        }
        else
        {
            receiver.WakeLocal(genuine);
        }
    }

    private static void Prepare(HttpContext context) => context.Response.Headers.CacheControl = "no-store";

    private Task<(ReadOnlyMemory<byte> Body, bool IsWhole)> ReadAsync(HttpContext context) => BodyReader.ReadAsync(
        context.Request,
        limit.IsReached(context.Connection.RemoteIpAddress) ? MaxBodyBeyondLimit : MaxBody,
        time,
        context.RequestAborted);

    private void Answer(HttpContext context, bool isGenuine, string service)
    {
        if (isGenuine)
        {
            return;
        }

        // 429 lets Business Central try again, whereas 401 makes it drop the subscription.
        var isCounted = limit.TryCount(context.Connection.RemoteIpAddress);
        context.Response.StatusCode = isCounted ? StatusCodes.Status401Unauthorized : StatusCodes.Status429TooManyRequests;
        if (isCounted)
        {
            logger.Refused(service);
        }
    }
}
