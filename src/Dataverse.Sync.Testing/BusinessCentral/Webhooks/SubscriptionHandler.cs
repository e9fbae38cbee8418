using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Handles requests on <c>subscriptions</c>: create and renew with a handshake, read, and delete. Like every record, a
/// subscription needs a tag for changes.
/// </summary>
internal sealed class SubscriptionHandler(
    SubscriptionList subscriptions, ReceiverClient receivers, TableCatalog catalog,
    BusinessCentralEmulatorOptions options)
{
    private const string Set = PageNames.Subscriptions;
    private const int MaxClientState = 2048;

    public static bool Handles(ApiCall call) => call.Address.Resource is [{ Name: Set }];

    public async Task<EmulatorResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var key = call.Address.Resource[0].Key;
        return (key, call.Method) switch
        {
            (null, "GET") => List(call),
            (null, "POST") => await CreateAsync(call, cancellationToken).ConfigureAwait(false),
            (not null, "GET") => Replies.OData(call, 200, Body(call, Existing(call, key))),
            (not null, "PATCH") => await RenewAsync(call, Matching(call, key), cancellationToken).ConfigureAwait(false),
            (not null, "DELETE") => Delete(call, Matching(call, key)),
            _ => throw call.NotAllowed(),
        };
    }

    private EmulatorResponse List(ApiCall call) => Replies.OData(call, 200, RowJson.Write(writer =>
    {
        writer.WriteStartObject();
        Replies.WriteContext(call, writer, $"{call.Address.Root}/$metadata#{Set}");
        writer.WriteStartArray("value");
        foreach (var subscription in subscriptions.All.Where(subscription => subscription.Route == call.Address.Route))
        {
            writer.WriteStartObject();
            subscription.WriteProperties(writer, call.Level);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    private async Task<EmulatorResponse> CreateAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var body = call.ReadBody();
        var url = NotificationUrl(Text(body, "notificationUrl") ?? throw Errors.Required("notificationUrl"));
        var resource = Text(body, "resource") ?? throw Errors.Required("resource");
        var (company, page) = Subscribed(call, resource);
        RefuseDouble(url, company, page);
        await ShakeHandsAsync(url, cancellationToken).ConfigureAwait(false);
        var now = options.TimeProvider.GetUtcNow();
        var subscription = new Subscription
        {
            Id = Guid.NewGuid().ToString("N"),
            Route = call.Address.Route,
            Company = company,
            Page = page,
            NotificationUrl = url,
            Resource = resource,
            SetUrl = $"{call.Address.Root}/companies({company:D})/{page.Set}",
            ClientState = ClientState(body) ?? "",
            ModifiedAt = now,
            ExpiresAt = now + options.SubscriptionLifetime,
        };
        if (!subscriptions.TryAdd(subscription))
        {
            throw Errors.Dialog($"The maximum number of {SubscriptionList.Limit} subscriptions is reached.");
        }

        return Replies.OData(call, 201, Body(call, subscription))
            .WithHeader("Location", $"{call.Address.Root}/{Set}('{subscription.Id}')");
    }

    private void RefuseDouble(Uri url, Guid company, PageSchema page)
    {
        if (!options.AcceptsDoubledSubscriptions && subscriptions.All.Any(
            item => item.NotificationUrl == url && item.Company == company && item.Page.Name == page.Name))
        {
            throw Errors.Dialog("The resource is subscribed to at this notification URL already.");
        }
    }

    private async Task<EmulatorResponse> RenewAsync(
        ApiCall call, Subscription before, CancellationToken cancellationToken)
    {
        var body = call.ReadBody();
        if (Text(body, "resource") is { } resource && resource != before.Resource)
        {
            throw Errors.ReadOnly("resource");
        }

        var url = Text(body, "notificationUrl") is { } text ? NotificationUrl(text) : before.NotificationUrl;
        await ShakeHandsAsync(url, cancellationToken).ConfigureAwait(false);
        var now = options.TimeProvider.GetUtcNow();
        var renewed = before with
        {
            NotificationUrl = url,
            ClientState = ClientState(body) ?? before.ClientState,
            ModifiedAt = now,
            ExpiresAt = now + options.SubscriptionLifetime,
        };
        subscriptions.Replace(renewed);
        return Replies.Plain(call, 200, Body(call, renewed));
    }

    private EmulatorResponse Delete(ApiCall call, Subscription subscription)
    {
        _ = subscriptions.Remove(subscription.Id);
        return Replies.NoContent(call);
    }

    private Subscription Existing(ApiCall call, string key)
    {
        if (key.Length < 2 || key[0] != '\'' || key[^1] != '\'')
        {
            throw Errors.InvalidUrl("The key of a subscription must be quoted.");
        }

        return subscriptions.Find(key[1..^1]) is { } found && found.Route == call.Address.Route
            ? found
            : throw Errors.NoRecord(Set);
    }

    private Subscription Matching(ApiCall call, string key)
    {
        var subscription = Existing(call, key);
        var condition = call.Header("If-Match");
        if (condition == "*" || condition == subscription.Tag)
        {
            return subscription;
        }

        throw condition is not null && EntityTags.IsWellFormed(condition) ? Errors.Changed() : Errors.Token();
    }

    private async Task ShakeHandsAsync(Uri url, CancellationToken cancellationToken)
    {
        if (!await receivers.ShakeHandsAsync(url, cancellationToken).ConfigureAwait(false))
        {
            throw Errors.Dialog("The notification URL did not answer the validation request with its token.");
        }
    }

    private (Guid Company, PageSchema Page) Subscribed(ApiCall call, string resource)
    {
        var path = Uri.TryCreate(resource, UriKind.Absolute, out var absolute)
            && absolute.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? absolute.AbsolutePath
            : resource;
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length >= 2
            && PathSegment.Parse(segments[^2]) is { Name: PageNames.Companies, Key: not null } company
            && call.Address.Route.Find(Uri.UnescapeDataString(segments[^1])) is { Definition.IsTopLevel: true } page
            && page.Name is not (PageNames.Companies or PageNames.FinancialDetails) && page.KeyOrdinals.Count == 1)
        {
            var id = company.RecordId();
            return call.Session.State.Companies.Find(id) is null
                ? throw Errors.CompanyNotFound(company.Key)
                : (id, catalog[page.Name]);
        }

        throw Errors.Dialog("The resource cannot be subscribed to.");
    }

    // Plain HTTP allows receivers on the local computer; the cloud does not accept it.
    private static Uri NotificationUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? url
            : throw Errors.Dialog("The notification URL must be an absolute https URL.");

    private static string? ClientState(JsonElement body) =>
        Text(body, "clientState") is { } state && state.Length > MaxClientState
        ? throw Errors.TooLong(state.Length, MaxClientState)
        : Text(body, "clientState");

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value)
        ? value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw Errors.BadRequest($"The property '{name}' must be a string.")
        : null;

    private static byte[] Body(ApiCall call, Subscription subscription) => RowJson.Write(writer =>
    {
        writer.WriteStartObject();
        Replies.WriteContext(call, writer, $"{call.Address.Root}/$metadata#{Set}/$entity");
        subscription.WriteProperties(writer, call.Level);
        writer.WriteEndObject();
    });
}
