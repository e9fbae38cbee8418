using Azure.Core;
using Azure.Identity;
using Dataverse.Sync;
using Worker;

// Configuration stands beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var settings = builder.Configuration.GetSection("Worker").Get<WorkerSettings>() ?? new();
await using var emulators = settings.UsesEmulators ? await Emulators.StartAsync(builder, settings) : null;

if (emulators is null)
{
    // A managed identity, the variables AZURE_…, or the sign-in of a developer.
    builder.Services.AddSingleton<TokenCredential>(new DefaultAzureCredential());
}

builder.Services.AddDataverseSync(builder.Configuration.GetSection("Sync"), sync =>
{
    if (settings.PublicAddress is { } address)
    {
        sync.AddWebhooks(options =>
        {
            options.BusinessCentral.NotificationUrl = new Uri(address, "hooks/business-central");
            options.BusinessCentral.ClientState = builder.Configuration["Secrets:ClientState"];
            options.Dataverse.Key = builder.Configuration["Secrets:DataverseKey"];
        });
    }
});
builder.Services.AddHealthChecks().AddDataverseSync();
if (emulators is not null && settings.Duration is { } duration)
{
    builder.Services.AddHostedService(services => new People(
        emulators,
        services.GetRequiredService<SyncEngine>(),
        duration,
        services.GetRequiredService<IHostApplicationLifetime>(),
        services.GetRequiredService<ILogger<People>>()));
}

var app = builder.Build();
app.MapHealthChecks("/health");
if (settings.PublicAddress is not null)
{
    app.MapDataverseSyncWebhooks("/hooks");
}

await app.RunAsync();
